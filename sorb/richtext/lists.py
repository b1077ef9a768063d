"""Lines typed with „•“, „-“, „–“ or „1.“ at their start, made into real lists."""

import re

from .document import Block, Line, Node, Paragraph, Space, is_space

BULLETS = "•●▪◦‣"
BULLET = re.compile(rf"(?:[{BULLETS}]\s*|[·–-]\s+)+(?=\S)")
BULLET_OF_ITEM = re.compile(rf"(?:[{BULLETS}]\s*|·\s+)+(?=\S)")
NUMBER = re.compile(r"([0-9]{1,3})[.)]\s+(?=\S)")
# One line that begins with a dash may be somebody's direct speech: it takes two to be a list
FEWEST_DASHES = 2
FEWEST_NUMBERS = 2

Run = list[Paragraph | Space]


def listed(children: list[Node]) -> list[Node]:
    """The children, with lists where paragraphs in a row hold lines that begin like one."""
    result: list[Node] = []
    run: Run = []
    for child in children:
        if isinstance(child, Space) or (isinstance(child, Paragraph) and child.tag in {"p", ""}):
            run.append(child)
        else:
            result += [*listed_run(run), child]
            run = []
    return result + listed_run(run)


def listed_run(run: Run) -> list[Node]:
    lines = [
        (paragraph, line)
        for paragraph in run
        if isinstance(paragraph, Paragraph)
        for line in paragraph.lines
        if line
    ]
    texts = [words(line) for _, line in lines]
    if not any(BULLET.match(text) or NUMBER.match(text) for text in texts):
        return [*run]
    result: list[Node] = []
    at = 0
    has_list = False
    while at < len(lines):
        if count := bullets(texts, at):
            result.append(make_list("ul", [line for _, line in lines[at : at + count]]))
        elif count := numbers(texts, at):
            result.append(make_list("ol", [line for _, line in lines[at : at + count]]))
        else:
            add_line(result, *lines[at])
            at += 1
            continue
        at += count
        has_list = True
    return with_breaks(result, run) if has_list else [*run]


def words(line: Line) -> str:
    """The text of a line up to its first picture."""
    text = ""
    for piece in line:
        if piece.picture:
            break
        text += piece.text
    return text


def bullets(texts: list[str], at: int) -> int:
    """How many lines from this one on are items of a bulleted list."""
    end = at
    while end < len(texts) and is_item(BULLET, texts[end]):
        end += 1
    is_sure = texts[at][:1] not in {"-", "–"} or end - at >= FEWEST_DASHES
    return end - at if is_sure else 0


def numbers(texts: list[str], at: int) -> int:
    """How many lines from this one on are numbered 1, 2, 3 ..."""
    end = at
    while end < len(texts) and is_item(NUMBER, texts[end]):
        if int(texts[end].split(".")[0].split(")")[0]) != end - at + 1:
            break
        end += 1
    return end - at if end - at >= FEWEST_NUMBERS else 0


def is_item(sign: re.Pattern[str], text: str) -> bool:
    """Does it begin with the sign, and say something after it? „• • •“ parts two texts."""
    found = sign.match(text)
    return found is not None and any(letter.isalnum() for letter in text[found.end() :])


def make_list(tag: str, lines: list[Line]) -> Block:
    sign = BULLET if tag == "ul" else NUMBER
    items = [without_bullet(without_sign(sign, line)) for line in lines]
    return Block(tag, children=[Block("li", children=[Paragraph("", [item])]) for item in items])


def without_bullet(line: Line) -> Line:
    return without_sign(BULLET_OF_ITEM, line)


def without_sign(sign: re.Pattern[str], line: Line) -> Line:
    """The line without the sign it begins with, however many pieces the sign spreads over."""
    text = words(line)
    if not is_item(sign, text):
        return line
    found = sign.match(text)
    spare = found.end() if found else 0
    for piece in line:
        length = len(piece.text)
        piece.text = piece.text[spare:]
        spare = max(0, spare - length)
    return without_empty(line)


def without_empty(line: Line) -> Line:
    return [piece for piece in line if piece.picture or piece.text]


def add_line(result: list[Node], paragraph: Paragraph, line: Line) -> None:
    """Lines of one paragraph stay one paragraph, as far as no list parts them."""
    last = result[-1] if result else None
    if isinstance(last, Rest) and last.source is paragraph:
        last.lines.append(line)
    else:
        result.append(Rest("p", [line], paragraph))


class Rest(Paragraph):
    """What is left of a paragraph beside a list."""

    __slots__ = ("source",)

    def __init__(self, tag: str, lines: list[Line], source: Paragraph) -> None:
        super().__init__(tag, lines)
        self.source = source


def with_breaks(nodes: list[Node], run: Run) -> list[Node]:
    """Each on a line of its own, the last followed by the space that followed the run."""
    result: list[Node] = []
    for node in nodes:
        result += [Space("\n"), node]
    leads = result if is_space(run[0]) else result[1:]
    return [*leads, run[-1]] if is_space(run[-1]) else leads
