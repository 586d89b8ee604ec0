"""What the columns of a table of clients are called, by those who write such tables, and what each says."""

from collections.abc import Sequence
from enum import StrEnum

from c4l.domain.names import name_key


class Use(StrEnum):
    """What a column says about a client; the value is what it is called when it is asked for."""

    name = "name"
    given = "first name"
    additional = "middle name"
    family = "last name"
    suffix = "name suffix"
    alias = "nickname"
    organisation = "company"
    department = "department"
    role = "job title"
    email = "e-mail"
    phone = "phone"
    birthday = "birthday"
    birth_year = "birth year"
    birth_month = "birth month"
    birth_day = "birth day"
    anniversary = "anniversary"
    tags = "categories"
    note = "notes"
    kind = "kind"
    since = "since"
    cadence = "cadence"
    uid = "uid"
    nothing = "nothing"


NAMING = {Use.name, Use.given, Use.family, Use.alias, Use.organisation, Use.email}
"""Without one of these, no record has a name."""

# As Google, Outlook and Thunderbird write them, and as people do; numbers, accents, case and marks do not count.
_NAMES: dict[Use, str] = {
    Use.name: "name, full name, display name, client, client name, contact, contact name",
    Use.given: "first name, given name, forename",
    Use.additional: "middle name, additional name",
    Use.family: "last name, family name, surname",
    Use.suffix: "suffix, name suffix",
    Use.alias: "nickname, nick name, alias, aliases",
    Use.organisation: "company, company name, organisation, organization, organisation name, organization name",
    Use.department: "department, organisation department, organization department",
    Use.role: "job title, title, role, position, organisation title, organization title",
    Use.email: "email, e mail, mail, email address, e mail address, email value, e mail value, primary email, "
    "secondary email, home email, work email, business email, other email",
    Use.phone: "phone, telephone, mobile, cell, tel, phone number, telephone number, phone value, home phone, "
    "work phone, "
    "business phone, mobile phone, cell phone, car phone, other phone, primary phone, company main phone, "
    "mobile number, home number, work number",
    Use.birthday: "birthday, birth date, birthdate, date of birth, dob, bday",
    Use.birth_year: "birth year",
    Use.birth_month: "birth month",
    Use.birth_day: "birth day",
    Use.anniversary: "anniversary, wedding anniversary",
    Use.tags: "categories, category, tags, tag, labels, group membership, groups",
    Use.note: "notes, note, comment, comments",
    Use.kind: "kind",
    Use.since: "since, client since, known since",
    Use.cadence: "cadence, cadence days",
    Use.uid: "uid, id",
    # They say what sort of address, number or name stands beside them, which is not kept.
    Use.nothing: "name prefix, email type, e mail type, email label, e mail label, e mail display name, phone type, "
    "phone label, organisation type, organization type",
}


def column_key(name: str) -> str:
    """A column's name as it is compared: `E-mail 2 Address` is `e mail address`."""
    words = "".join(letter if letter.isalnum() else " " for letter in name_key(name)).split()
    return " ".join(word for word in words if not word.isdecimal())


def uses(header: Sequence[str]) -> list[Use | None]:
    """What each column of a header says; None for one that is not understood."""
    meant = {key: use for use, keys in _NAMES.items() for key in keys.split(", ")}
    keys = [column_key(name) for name in header]
    found = [meant.get(key) for key in keys]
    # Outlook's title is Dr or Ms, and then the job has a column of its own.
    if any(use is Use.role and key != "title" for use, key in zip(found, keys, strict=True)):
        return [Use.nothing if key == "title" else use for use, key in zip(found, keys, strict=True)]
    return found
