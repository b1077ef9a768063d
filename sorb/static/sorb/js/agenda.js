// Lets a list of events grow in place. Without this file its link leads to the next page.

for (const agenda of document.querySelectorAll("[data-agenda]")) {
  agenda.addEventListener("click", (event) => {
    const link = event.target.closest("[data-agenda-next]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (agenda.getAttribute("aria-busy") !== "true") grow(agenda, link.href);
  });
}

// Adds the events of the page at an address; leaves for it when that fails.
async function grow(agenda, address) {
  agenda.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = document.importNode(page.querySelector("[data-agenda]"), true);
    const first = fresh.querySelector("[data-agenda-part=days] article a");
    append(agenda, fresh);
    replaceLink(agenda, fresh);
    first.focus();
  } catch {
    location.assign(address);
  } finally {
    agenda.removeAttribute("aria-busy");
  }
}

// A day whose events go on from one page to the next stays one day.
function append(agenda, fresh) {
  const days = agenda.querySelector("[data-agenda-part=days]");
  for (const day of [...fresh.querySelectorAll("[data-day]")]) {
    const own = days.querySelector(`[data-day="${day.dataset.day}"] .event-rows`);
    if (own) own.append(...day.querySelector(".event-rows").children);
    else days.append(day);
  }
}

// The first of the shown events stays the first: what is said counts from there.
function replaceLink(agenda, fresh) {
  const more = agenda.querySelector("[data-agenda-part=more]");
  const part = fresh.querySelector("[data-agenda-part=more]");
  part.querySelector(".agenda__before")?.remove();
  const before = more.querySelector(".agenda__before");
  if (before) part.prepend(before);
  const [own, said] = [more, part].map((each) => each.querySelector("[data-agenda-shown]"));
  said.textContent = said.textContent.replace(/\d+/, own.textContent.match(/\d+/)[0]);
  more.replaceWith(part);
  agenda.querySelector("[data-agenda-news]").textContent = said.textContent.trim();
}
