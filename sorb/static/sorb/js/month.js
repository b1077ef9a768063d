// Turns the pages of a month table in place. Without this file its links lead to the calendar page.

const PARTS = ["table", "turn", "events", "ways", "legend"];

for (const section of document.querySelectorAll("[data-month]")) {
  const isPage = section.dataset.month === "page";

  section.addEventListener("click", (event) => {
    const link = event.target.closest("[data-turn]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    turn(section, link.href, link.dataset.turn).then((title) => {
      if (isPage && title) {
        history.pushState(null, "", link.href);
        document.title = title;
      }
    });
  });

  if (isPage) {
    addEventListener("popstate", () => {
      turn(section, location.href).then((title) => title && (document.title = title));
    });
  }
}

// Shows the month of an address and gives the title of its page; leaves for it when that fails.
async function turn(section, address, direction) {
  section.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    show(section, page.querySelector("[data-month]"));
    follow(section, direction);
    updateLanguageLink(section, page);
    return page.title;
  } catch {
    location.assign(address);
    return "";
  } finally {
    section.removeAttribute("aria-busy");
  }
}

function show(section, fresh) {
  const heading = section.querySelector("[data-month-part=events] > :is(h2, h3)").localName;
  for (const name of PARTS) {
    const own = section.querySelector(`[data-month-part=${name}]`);
    const part = fresh.querySelector(`[data-month-part=${name}]`);
    if (own && part) own.replaceWith(document.importNode(part, true));
  }
  const title = section.querySelector("[data-month-part=events] > :is(h2, h3)");
  if (title.localName !== heading) {
    const own = document.createElement(heading);
    own.append(...title.childNodes);
    title.replaceWith(own);
  }
}

// Focus stays on the link of the same direction, else on the other one; the month is said politely.
function follow(section, direction) {
  if (direction) {
    const same = section.querySelector(`[data-turn=${direction}]`);
    (same ?? section.querySelector("[data-turn]"))?.focus({ preventScroll: true });
  }
  const { said } = section.querySelector("[data-month-part=events]").dataset;
  section.querySelector("[data-month-news]").textContent = said;
}

function updateLanguageLink(section, page) {
  if (section.dataset.month !== "page") return;
  for (const selector of ["a.language", "link[rel=canonical]"]) {
    const [own, fresh] = [document.querySelector(selector), page.querySelector(selector)];
    if (own && fresh) own.href = fresh.href;
  }
}
