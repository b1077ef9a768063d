// Enlarges the pictures of a gallery without leaving the page. Without this file links open them.

for (const gallery of document.querySelectorAll("[data-gallery]")) {
  const links = [...gallery.querySelectorAll("a")];
  const words = gallery.parentElement.querySelector("[data-gallery-words]");
  const dialog = words.content.querySelector("dialog").cloneNode(true);
  const steps = dialog.querySelectorAll("[data-step]");
  let shown = 0;

  const show = (number) => {
    shown = (number + links.length) % links.length;
    fill(dialog, links[shown]);
    dialog.querySelector("[data-place]").textContent = `${shown + 1} / ${links.length}`;
  };

  dialog.querySelector("form").after(document.createElement("figure"));
  gallery.parentElement.append(dialog);
  if (links.length === 1) dialog.querySelector(".lightbox__steps").hidden = true;
  gallery.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    show(links.indexOf(link));
    dialog.showModal();
  });
  for (const step of steps) {
    step.addEventListener("click", () => show(shown + Number(step.dataset.step)));
  }
  dialog.addEventListener("keydown", ({ key }) => {
    if (links.length > 1 && (key === "ArrowLeft" || key === "ArrowRight")) {
      show(shown + (key === "ArrowLeft" ? -1 : 1));
    }
  });
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog || target.localName === "figure") dialog.close();
  });
  dialog.addEventListener("close", () => links[shown].focus());
}

function fill(dialog, link) {
  const small = link.querySelector("img");
  const large = new Image();
  large.src = link.href;
  large.alt = small.alt;
  large.lang = small.lang || document.documentElement.lang;
  const caption = link.closest("figure").querySelector("figcaption");
  const parts = caption ? [large, caption.cloneNode(true)] : [large];
  dialog.querySelector("figure").replaceChildren(...parts);
}
