// „« Назад“ returns to the list from which the reader came, at the same place in it.

for (const link of document.querySelectorAll("[data-back]")) {
  link.addEventListener("click", (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (!cameFromList(link)) return;
    event.preventDefault();
    history.back();
  });
}

// Every page of ours in this language is a list, but for those directly below a list of details.
function cameFromList({ dataset }) {
  if (!document.referrer || history.length < 2) return false;
  const { origin, pathname } = new URL(document.referrer);
  const language = location.pathname.split("/")[1];
  if (origin !== location.origin || pathname.split("/")[1] !== language) return false;
  if (dataset.lists.split(" ").includes(pathname)) return true;
  return !dataset.details.split(" ").some((list) => isDirectlyBelow(pathname, list));
}

function isDirectlyBelow(path, list) {
  return path.startsWith(list) && /^[^/]+\/?$/.test(path.slice(list.length));
}
