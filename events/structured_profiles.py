"""People and organizations in the words of schema.org (https://schema.org/Person)."""

from typing import TYPE_CHECKING

from sorb.outside import absolute, clean, web_address

from .structured_data import Facts, image_facts, known

if TYPE_CHECKING:
    from .models import Organization, Speaker

COUNTRY = "BG"
TYPES = {"municipality": "GovernmentOrganization", "ministry": "GovernmentOrganization"}


def person_profile(speaker: "Speaker") -> Facts:
    """What the page of a person says.

    Args:
        speaker: a visible one with its organization and photo; nothing more is read.
    """
    facts = {
        "@type": "Person",
        "@id": f"{absolute(speaker.get_absolute_url(speaker.language))}#person",
        "name": clean(speaker.name),
        "url": absolute(speaker.get_absolute_url(speaker.language)),
        "jobTitle": clean(speaker.position),
        "worksFor": _in_brief(speaker.organization) if speaker.organization else None,
        "description": clean(speaker.biography),
        "image": image_facts(speaker.photo) if speaker.photo else None,
    }
    return known(facts)


def organization_profile(organization: "Organization") -> Facts:
    """What the page of an organization says; of a municipality its codes and its district too."""
    facts = _in_brief(organization) | {
        "@id": f"{absolute(organization.get_absolute_url(organization.language))}#organization",
        "alternateName": clean(organization.short_name),
        "sameAs": web_address(organization.site),
        "description": clean(organization.text),
        "logo": image_facts(organization.logo) if organization.logo else None,
        "identifier": _codes(organization),
        "address": _address(organization),
    }
    return known(facts)


def _in_brief(organization: "Organization") -> Facts:
    return {
        "@type": TYPES.get(organization.kind, "Organization"),
        "name": clean(organization.name),
        "url": absolute(organization.get_absolute_url(organization.language)),
    }


def _codes(organization: "Organization") -> list[Facts]:
    codes = {"LAU": organization.code, "EKATTE": organization.ekatte, "NUTS": organization.nuts3}
    return [
        {"@type": "PropertyValue", "propertyID": name, "value": clean(code)}
        for name, code in codes.items()
        if code
    ]


def _address(organization: "Organization") -> Facts | None:
    if not organization.district:
        return None
    district = clean(organization.district)
    return {"@type": "PostalAddress", "addressRegion": district, "addressCountry": COUNTRY}
