"""Derives vocabulary.json from the npm package schema-dts: see README.md beside this file.

    python derive.py FOLDER     where FOLDER is the package, unpacked

What the declarations of TypeScript say of a class stands in two places. Its properties are members
of an interface, `EventBase`; a class that adds none has no such interface. Its subclasses are the
alternatives of its type, `type Event = EventLeaf | BusinessEvent | …`, in which the members of an
enumeration stand as strings.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
INTERFACE = re.compile(r"^interface (\w+?)Base extends [^{]+\{\n(.*?)^\}", re.M | re.S)
PROPERTY = re.compile(
    r"^    /\*\*(?P<words>(?:(?!\*/).)*)\*/\n"
    r'    "(?P<name>\w+)"\?: SchemaValue<(?P<types>[^"\n]+), "',
    re.M | re.S,
)
TYPE = re.compile(r"^export type (\w+)(?:<[^=]+>)? = (.+);$", re.M)
MEMBER = re.compile(r'"https://schema\.org/(\w+)"')
DATA_TYPES = "DataType"
# The language of TypeScript, and schema-dts' own: a reference by @id, and where text is let pass
NOT_CLASSES = {"IdReference", "string", "number", "boolean"}


def derived(declarations: str) -> dict[str, Any]:
    """The vocabulary that the declarations of schema-dts describe.

    Args:
        declarations: the text of `schema.d.ts`.

    Returns:
        `types`, by name: `parents`, own `properties` with the types that each expects, and the
        `members` of an enumeration, the last two only where there are any; `data_types`; and
        `superseded`: properties that schema.org advises against. Classes of other vocabularies
        (their names have a "_") and roles, which stand between a property and its value, are
        left out.
    """
    unions = {name: alternatives(union) for name, union in TYPE.findall(declarations)}
    data_types = below(DATA_TYPES, unions) - {DATA_TYPES}
    classes = below("Thing", unions)
    types: dict[str, Any] = {}
    for name in sorted(classes):
        types[name] = {"parents": sorted(each for each in classes if name in unions[each])}
    for name, union in TYPE.findall(declarations):
        if name in types and (members := MEMBER.findall(union)):
            types[name]["members"] = sorted(members)
    superseded = set()
    for name, body in INTERFACE.findall(declarations):
        found = list(PROPERTY.finditer(body)) if name in types else []
        if not found:
            continue
        types[name]["properties"] = {
            each["name"]: sorted(
                kind for kind in alternatives(each["types"]) if kind in classes | data_types
            )
            for each in found
        }
        superseded |= {each["name"] for each in found if "@deprecated" in each["words"]}
    return {
        "data_types": {name: sorted(unions[name] & data_types) for name in sorted(data_types)},
        "superseded": sorted(superseded),
        "types": types,
    }


def alternatives(union: str) -> set[str]:
    """The names in `A | B | "a string" | string` that are of schema.org."""
    named = {each.strip() for each in union.split("|")} - NOT_CLASSES
    return {each for each in named if each.isidentifier() and "_" not in each}


def below(name: str, unions: dict[str, set[str]]) -> set[str]:
    """A type with all its subtypes."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        each = waiting.pop()
        if each in unions and each not in found:
            found.add(each)
            waiting += unions[each]
    return found


def written(vocabulary: dict[str, Any]) -> str:
    """The vocabulary as JSON with a line for each type, so that two versions can be compared."""
    parts = []
    for part, content in vocabulary.items():
        if part == "types":
            lines = (f"{json.dumps(name)}: {json.dumps(facts)}" for name, facts in content.items())
            parts.append('"types": {\n' + ",\n".join(lines) + "\n}")
        else:
            parts.append(f"{json.dumps(part)}: {json.dumps(content)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main(folder: str) -> None:
    package = json.loads((Path(folder) / "package.json").read_text())
    source = {name: package[name] for name in ("name", "version", "license")}
    declarations = (Path(folder) / "dist/schema.d.ts").read_text()
    vocabulary = {"source": source} | derived(declarations)
    (HERE / "vocabulary.json").write_text(written(vocabulary))


if __name__ == "__main__":
    main(*sys.argv[1:])
