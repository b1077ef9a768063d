"""Nothing but the allow-list of `policy` gets through here."""

import re

import nh3

from . import policy

# Deeper than this nobody writes; parsing by the standard takes the square of the depth (seconds,
# at 50,000), so that a text nested deeper is reduced to its words before it is parsed.
DEEPEST = 1000
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
ANY_TAG = re.compile(r"<[^<>]*>")
VOID = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
    *("source", "track", "wbr"),
}
MAY_STAY_OPEN = {"p", "li", "dt", "dd", "option"}
# How many elements left open by mistake an end tag closes with its own
IN_REACH = 8

strict = nh3.Cleaner(
    tags=policy.TAGS,
    attributes=policy.ATTRIBUTES,
    tag_attribute_values=policy.CHOICES,
    attribute_filter=policy.permitted,
    url_schemes=policy.SCHEMES,
    link_rel=None,
)
# The same, and beside it the bare elements that tidying turns into ours
lenient = nh3.Cleaner(
    tags=policy.TAGS | set(policy.SAME) | policy.PARTING,
    attributes=policy.ATTRIBUTES,
    tag_attribute_values=policy.CHOICES,
    attribute_filter=policy.permitted,
    url_schemes=policy.SCHEMES,
    link_rel=None,
)
# The stored elements, and what `rendering` adds to them on a page
dressed = nh3.Cleaner(
    tags=policy.TAGS | {"div"},
    attributes=policy.ATTRIBUTES | {"div": {"aria-label"}},
    tag_attribute_values=policy.CHOICES
    | {
        "div": {"class": {"table-scroll"}, "role": {"region"}, "tabindex": {"0"}},
        "img": {"loading": {"lazy"}},
    },
    attribute_filter=policy.permitted,
    url_schemes=policy.SCHEMES,
    link_rel=None,
)


def sanitised(html: str) -> str:
    """Well-formed HTML of known elements only: what `document.read` can rely on.

    The second pass is for what the first one left in a place where HTML does not allow it.
    """
    if is_too_deep(html):
        html = ANY_TAG.sub(" ", html).replace("<", "&lt;")
    return lenient.clean(lenient.clean(html))


def is_too_deep(html: str) -> bool:
    """Are more than DEEPEST elements open at once? Judged in one pass by the tags alone.

    Tags hidden in comments or attributes can deceive it; the price is seconds, not safety.
    """
    if html.count("<") <= DEEPEST:
        return False
    unclosed: list[str] = []
    for end, name in TAG.findall(html):
        tag = name.lower()
        if end:
            close(unclosed, tag)
        elif tag not in VOID and not (unclosed and tag in MAY_STAY_OPEN and unclosed[-1] == tag):
            unclosed.append(tag)
            if len(unclosed) > DEEPEST:
                return True
    return False


def close(unclosed: list[str], tag: str) -> None:
    for at in range(len(unclosed) - 1, max(-1, len(unclosed) - 1 - IN_REACH), -1):
        if unclosed[at] == tag:
            del unclosed[at:]
            return
