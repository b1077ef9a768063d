"""The vocabulary as it is read out of declarations of TypeScript."""

import json

from .derive import derived, written

DECLARATIONS = '''
export type Boolean = "https://schema.org/False" | "False" | boolean;
export type Text = URL | string;
export type URL = string;
export type DataType = Boolean | Text;
interface ThingBase extends Partial<IdReference> {
    /** Its name, for example "a: Text". */
    "name"?: SchemaValue<Text, "name">;
    /**
     * Where it is.
     *
     * @deprecated Consider using https://schema.org/url instead.
     */
    "address"?: SchemaValue<URL | Text | IdReference, "address">;
}
interface ThingLeaf extends ThingBase {
    "@type": "Thing";
}
export type Thing = ThingLeaf | Event | Status | Place | other_org_Place;
interface EventBase extends ThingBase {
    /** Where it is held. */
    "location"?: SchemaValue<Place | other_org_Place | Text | IdReference, "location">;
    /** What became of it. */
    "status"?: SchemaValue<Status | IdReference, "status">;
}
export type Event = EventLeaf | Fair;
export interface FairLeaf extends EventBase, PlaceBase {
    "@type": "Fair";
}
export type Fair = FairLeaf;
export type Status = "https://schema.org/Over" | "Over" | "https://schema.org/Ahead" | StatusLeaf;
interface other_org_PlaceBase extends Partial<IdReference> {
    /** Not of schema.org. */
    "code"?: SchemaValue<Text, "code">;
}
export type Place = PlaceLeaf | Fair | string;
export type other_org_Place = other_org_PlaceLeaf;
'''  # fmt: skip


def test_classes_properties_and_members_are_read_out_of_the_declarations():
    assert derived(DECLARATIONS) == {
        "data_types": {"Boolean": [], "Text": ["URL"], "URL": []},
        "superseded": ["address"],
        "types": {
            "Event": {
                "parents": ["Thing"],
                "properties": {"location": ["Place", "Text"], "status": ["Status"]},
            },
            "Fair": {"parents": ["Event", "Place"]},
            "Place": {"parents": ["Thing"]},
            "Status": {"parents": ["Thing"], "members": ["Ahead", "Over"]},
            "Thing": {"parents": [], "properties": {"name": ["Text"], "address": ["Text", "URL"]}},
        },
    }


def test_the_file_is_json_with_a_line_for_each_class():
    vocabulary = derived(DECLARATIONS)

    text = written(vocabulary)

    assert json.loads(text) == vocabulary
    assert text.count("\n") == len(vocabulary["types"]) + 6
