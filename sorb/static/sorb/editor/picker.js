/* The library of pictures, opened by the editor in a window of its own: the chosen button's
   data-url, data-alt, data-width and data-height go to the dialog that asked. */
(() => {
  "use strict";

  const caller = new URLSearchParams(location.search).get("CKEditorFuncNum");

  function fill(dialog, values) {
    for (const [field, value] of Object.entries(values)) {
      const element = dialog.getContentElement("info", field);
      if (element && value) element.setValue(value);
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-url]");
    if (!button || !caller || !window.opener?.CKEDITOR) return;
    event.preventDefault();
    const { url, alt, width, height } = button.dataset;
    window.opener.CKEDITOR.tools.callFunction(caller, url, function () {
      fill(this.getDialog(), { alt, width, height });
    });
    window.close();
  });
})();
