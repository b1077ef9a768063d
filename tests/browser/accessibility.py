"""What axe finds on a page that has come to rest."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Only what is wrong comes back: the rest of what axe tells is long, and takes longer than looking
RUN = "([context, options]) => axe.run(context ?? document, options).then(r => r.violations)"
# A colour on its way from one to another is neither: axe would measure what nobody reads
AT_REST = """() => {
    for (const each of document.getAnimations()) if (each instanceof CSSTransition) each.finish();
}"""


def violations(
    page: Page, context: str | None = None, rules: list[str] | None = None
) -> list[dict[str, Any]]:
    """The violations axe finds.

    :param context: a selector of the part to look at; without one the whole page
    :param rules: names of rules or tags of axe to run; without them all
    """
    page.evaluate(AT_REST)
    page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
    return page.evaluate(RUN, [context, options])
