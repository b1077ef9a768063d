// Copies an address. Without this file, or without a clipboard, a click selects the whole of it.

for (const place of document.querySelectorAll("[data-copy]")) {
  const [text, button, news] = ["code", "button", "[role=status]"].map((each) => place.querySelector(each));
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    news.textContent = ""; // so that the same words are said again
    news.textContent = await copy(text, button.dataset);
  });
}

// Gives the words that say what came of it.
async function copy(text, { copied, selected }) {
  try {
    await navigator.clipboard.writeText(text.textContent);
    return copied;
  } catch {
    getSelection().selectAllChildren(text);
    return selected;
  }
}
