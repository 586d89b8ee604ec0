"""Cards as phones and address books write them come in whole."""

from c4l.actions.drafts import ClientDraft, KeyDateDraft
from c4l.domain.terms import FactKind
from tests.exchange import programs
from tests.exchange.reads import draft, incoming, names


def test_a_phone_writes_quoted_printable_with_soft_breaks() -> None:
    assert draft(programs.ANDROID, "vcard") == ClientDraft(
        name="Åsa Strauß",
        emails=("asa@example.test",),
        phones=("+15550100",),
        facts=((FactKind.background, "Likes tea\nand long walks"),),
        key_dates=(KeyDateDraft("birthday", 12, 1, 1980),),
    )


def test_outlook_writes_its_own_code_page() -> None:
    assert draft(programs.OUTLOOK, "vcard") == ClientDraft(
        name="Dr. Jörg Müller",
        organisation="Beispiel & Söhne, Einkauf",
        role="Head of Purchasing",
        emails=("joerg@example.test",),
        phones=("(555) 0101",),
        facts=((FactKind.background, "Kaffee – schwarz\nZweite Zeile"),),
        key_dates=(KeyDateDraft("anniversary", 6, 4, 2005),),
    )


def test_google_groups_properties_and_knows_no_year() -> None:
    assert draft(programs.GOOGLE, "vcard") == ClientDraft(
        name="Jane Doe",
        aliases=("JD",),
        emails=("jane@example.test", "jane.doe@example.test"),
        phones=("+1 555 0102",),
        tags=("Board",),
        key_dates=(KeyDateDraft("birthday", 12, 1), KeyDateDraft("anniversary", 6, 15, 2011)),
    )


def test_apple_marks_an_unknown_year_and_labels_days() -> None:
    assert draft(programs.APPLE, "vcard") == ClientDraft(
        name="Omar Lund",
        organisation="Example Works, Security",
        role="Lead",
        emails=("omar@example.test",),
        facts=((FactKind.background, "One\nTwo, and three; done"),),
        key_dates=(KeyDateDraft("first met", 3, 4, 2019), KeyDateDraft("birthday", 2, 29)),
        uid="6F1C0000-0000-4000-8000-000000000001",
        unique=True,
    )


def test_evolution_quotes_parameters_and_escapes_commas() -> None:
    assert draft(programs.EVOLUTION, "vcard") == ClientDraft(
        name="Dana Iqbal",
        emails=("dana@example.test",),
        phones=("555 0103",),
        tags=("Partners", "Tea, coffee"),
        key_dates=(KeyDateDraft("anniversary", 9, 10, 2008), KeyDateDraft("birthday", 2, 28, 1975)),
        uid="pas-id-4A5B6C7D00000001",
        unique=True,
    )


def test_lotus_notes_writes_no_formatted_name_and_what_is_no_address() -> None:
    record = incoming(programs.LOTUS_NOTES, "vcard")
    assert record.draft == ClientDraft(
        name="Bob Stone",
        organisation="Acme Finance",
        role="Buyer",
        emails=("bob@example.test",),
        phones=("555 0104",),
    )
    assert record.remarks == ("line 10 has no colon", '"CN=Bob Stone/O=Acme" is no e-mail address')


def test_thunderbird_writes_numbers_as_addresses() -> None:
    assert draft(programs.THUNDERBIRD, "vcard") == ClientDraft(
        name="Mei Ng",
        emails=("mei@example.test",),
        phones=("+1-555-0105 ext. 7",),
        key_dates=(KeyDateDraft("birthday", 7, 4, 1990),),
        uid="urn:uuid:00000000-0000-4000-8000-000000000002",
        unique=True,
    )


def test_one_file_holds_the_cards_of_all_of_them() -> None:
    book = programs.ANDROID + programs.OUTLOOK + programs.GOOGLE + programs.APPLE + programs.LOTUS_NOTES
    assert names(book, "vcard") == ["Åsa Strauß", "Dr. Jörg Müller", "Jane Doe", "Omar Lund", "Bob Stone"]
