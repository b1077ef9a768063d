"""A tree of blocks written as HTML, the way nh3 writes it."""

from .document import Attributes, Block, Line, Node, Paragraph, Path, Space


def write(root: Block) -> str:
    html: list[str] = []
    todo: list[Node | str] = [*reversed(root.children)]
    while todo:
        node = todo.pop()
        if isinstance(node, str):
            html.append(node)
        elif isinstance(node, Space):
            html.append(node.text)
        elif isinstance(node, Paragraph):
            html += write_paragraph(node)
        else:
            html.append(start(node.tag, node.attributes))
            if node.tag != "hr":
                todo += [f"</{node.tag}>", *reversed(node.children)]
    return "".join(html)


def write_paragraph(paragraph: Paragraph) -> list[str]:
    html = [f"<{paragraph.tag}>"] if paragraph.tag else []
    path: Path = ()
    for number, line in enumerate(paragraph.lines):
        if number:
            following = line[0].path if line else ()
            path = leave(path, following, html)
            html.append("<br>")
        path = write_line(line, path, html)
    leave(path, (), html)
    if paragraph.tag:
        html.append(f"</{paragraph.tag}>")
    return html


def write_line(line: Line, path: Path, html: list[str]) -> Path:
    for piece in line:
        if piece.path is not path:
            path = leave(path, piece.path, html)
            html += [start(inner.tag, inner.attributes) for inner in piece.path[len(path) :]]
            path = piece.path
        if piece.picture:
            html.append(start("img", piece.picture.attributes))
        else:
            html.append(escaped(piece.text))
    return path


def leave(path: Path, following: Path, html: list[str]) -> Path:
    """Ends the elements that do not go on; the path that does."""
    shared = 0
    for ours, theirs in zip(path, following, strict=False):
        if ours is not theirs:
            break
        shared += 1
    html += [f"</{element.tag}>" for element in reversed(path[shared:])]
    return path[:shared]


def start(tag: str, attributes: Attributes) -> str:
    pairs = "".join(f' {name}="{quoted(value)}"' for name, value in attributes)
    return f"<{tag}{pairs}>"


def escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\u00a0", "&nbsp;")


def quoted(value: str) -> str:
    return escaped(value).replace('"', "&quot;")
