/* CKEditor as this site wants it: what its configuration (widgets.py) has no setting for. */
/* global CKEDITOR */
(() => {
  "use strict";

  // What people hear and see as the editor's name is the label of its field.
  CKEDITOR.on("instanceCreated", ({ editor }) => {
    editor.on("configLoaded", () => {
      const label = document.querySelector(`label[for="${CSS.escape(editor.name)}"]`);
      if (label) editor.config.title = editor.title = label.textContent.replace(/:\s*$/, "").trim();
    });

    // A figure is stored without a class; by this one the picture dialog knows it again. It fails
    // on one without a picture, wherever that was pasted from.
    editor.on("toHtml", ({ data }) => {
      data.dataValue = data.dataValue.replace(
        /<figure\b[^>]*>(\s*(?:<a\b[^>]*>\s*)?<img\b)?/gi,
        (_, picture) => (picture ? `<figure class="image">${picture}` : "<figure>"),
      );
    }, null, null, 1);
  });

  CKEDITOR.on("instanceReady", ({ editor }) => {
    editor.editable().setAttribute("lang", editor.config.contentsLanguage);
  });

  // In the link dialog only the kinds of address that the site stores.
  CKEDITOR.on("dialogDefinition", ({ data }) => {
    if (data.name !== "link") return;
    const protocol = data.definition.getContents("info").get("protocol");
    protocol.items = protocol.items.filter(([, value]) => !/^(ftp|news):/.test(value));
  });
})();
