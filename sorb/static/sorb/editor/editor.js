/* CKEditor as this site wants it: what its configuration (widgets.py) has no setting for. */
/* global CKEDITOR */
(() => {
  "use strict";

  const addressOf = ({ attributes }, name) => attributes[`data-cke-saved-${name}`] ?? attributes[name] ?? "";
  const parsed = (address) => {
    try {
      return new URL(address, document.baseURI);
    } catch {
      return null;
    }
  };

  // What is pasted, or was kept in the browser, comes in with what will be stored of it: pictures of
  // the library, links that lead somewhere. Nothing is asked of other hosts even while one writes.
  const storable = ({ picturesFrom, linkSchemes }) => new CKEDITOR.htmlParser.filter({
    elements: {
      img(element) {
        const address = parsed(addressOf(element, "src"));
        const isOwn = address?.origin === location.origin && address.pathname.startsWith(picturesFrom);
        return isOwn ? element : false;
      },
      a(element) {
        const scheme = parsed(addressOf(element, "href"))?.protocol.slice(0, -1);
        if (!linkSchemes.includes(scheme)) delete element.name; // the words stay
        return element;
      },
    },
  });

  CKEDITOR.on("instanceCreated", ({ editor }) => {
    // CKEditor has the browser parse a text as it came, which loads what these name
    editor.on("toHtml", ({ data }) => {
      data.dataValue = data.dataValue.replace(
        /<[a-z][^>]*>/gi,
        (tag) => tag.replace(/^<(?=(?:use|image|video|audio|source|link)\b)/i, "<unread-")
          .replace(/\b(?:poster|srcset)(?=\s*=)/gi, "data-unread"),
      );
    }, null, null, 1);
    // After the text is parsed and before pictures become widgets
    editor.on("toHtml", ({ data }) => storable(editor.config).applyTo(data.dataValue), null, null, 7);
    // What people hear and see as the editor's name is the label of its field.
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
