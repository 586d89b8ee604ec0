"""Address books as programs write them, byte by byte. Everybody in them is made up."""


def card(*lines: str, version: str = "3.0", end: str = "\r\n") -> bytes:
    """One card of these lines, in UTF-8."""
    return end.join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]).encode()


def folded(line: str, width: int = 75) -> str:
    """The line folded where the standards allow it: between letters, no piece longer than `width` bytes."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > width:
            pieces.append(piece)
            piece = " "
        piece += letter
    return "\r\n".join([*pieces, piece])


def folded_anywhere(line: bytes, width: int = 75) -> bytes:
    """The line folded by counting bytes, in the middle of letters too."""
    pieces = [line[at : at + width] for at in range(0, len(line), width)]
    return b"\r\n ".join(pieces)


def _lines(*lines: str, end: str = "\r\n") -> bytes:
    return "".join(line + end for line in lines).encode()


PHOTO = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRof"

ANDROID = _lines(
    "BEGIN:VCARD",
    "VERSION:2.1",
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=53=74=72=61=75=C3=9F;=C3=85=73=61;;;",
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=85=73=61=20=53=74=72=61=75=",
    "=C3=9F",
    "TEL;CELL;PREF:+15550100",
    "TEL;WORK:+1 555-0100",
    "EMAIL;HOME:asa@example.test",
    "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=4C=69=6B=65=73=20=74=65=61=0D=0A=61=6E=",
    "=64=20=6C=6F=6E=67=20=77=61=6C=6B=73",
    "BDAY:1980-12-01",
    "PHOTO;ENCODING=BASE64;JPEG:" + PHOTO,
    " " + PHOTO,
    "",
    "END:VCARD",
)

OUTLOOK = "\r\n".join(
    [
        "BEGIN:VCARD",
        "VERSION:2.1",
        "X-MS-OL-DEFAULT-CHARSET:windows-1252",
        "N;LANGUAGE=de;CHARSET=Windows-1252:Müller;Jörg;;Dr.",
        "FN;CHARSET=Windows-1252:Dr. Jörg Müller",
        "ORG;CHARSET=Windows-1252:Beispiel & Söhne;Einkauf",
        "TITLE:Head of Purchasing",
        "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=Windows-1252:Kaffee – schwarz=0D=0A=",
        "Zweite Zeile=0D=0A=",
        "",
        "TEL;WORK;VOICE:(555) 0101",
        "ADR;WORK;PREF;CHARSET=Windows-1252:;;Straße 1;Köln;;12345;Deutschland",
        "LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:1 Road=0D=0A=",
        "Town",
        "EMAIL;PREF;INTERNET:joerg@example.test",
        "X-MS-ANNIVERSARY;VALUE=DATE:20050604",
        "PHOTO;TYPE=JPEG;ENCODING=BASE64:",
        " " + PHOTO,
        "",
        "X-MS-OL-DESIGN;CHARSET=utf-8:<card xmlns=...></card>",
        "REV:20261101T101112Z",
        "END:VCARD",
        "",
    ]
).encode("cp1252")

GOOGLE = card(
    "FN:Jane Doe",
    "N:Doe;Jane;;;",
    "NICKNAME:JD",
    "EMAIL;TYPE=INTERNET;TYPE=WORK:jane@example.test",
    "item1.EMAIL;TYPE=INTERNET:jane.doe@example.test",
    "item1.X-ABLabel:side project",
    "TEL;TYPE=CELL:+1 555 0102",
    "BDAY:--12-01",
    "item2.X-ABDATE:2011-06-15",
    "item2.X-ABLabel:_$!<Anniversary>!$_",
    "PHOTO:https://photos.example.test/jane.jpg",
    "CATEGORIES:myContacts,Board",
)

APPLE = card(
    "PRODID:-//Example//Address Book//EN",
    "N:Lund;Omar;;;",
    "FN:Omar Lund",
    "ORG:Example Works;Security",
    "TITLE:Lead",
    "EMAIL;type=INTERNET;type=HOME;type=pref:omar@example.test",
    "item1.X-ABDATE;type=pref:2019-03-04",
    "item1.X-ABLabel:First met",
    "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29",
    "X-SOCIALPROFILE;type=example;x-user=omar:https://social.example.test/omar",
    "NOTE:One\\nTwo\\, and three\\; done",
    "UID:6F1C0000-0000-4000-8000-000000000001",
)

EVOLUTION = card(
    "UID:pas-id-4A5B6C7D00000001",
    "FN:Dana Iqbal",
    "N:Iqbal;Dana;;;",
    "X-EVOLUTION-FILE-AS:Iqbal\\, Dana",
    "X-EVOLUTION-ANNIVERSARY:2008-09-10",
    'EMAIL;X-EVOLUTION-UI-SLOT=1;TYPE="WORK":dana@example.test',
    'TEL;X-EVOLUTION-E164="5550103","+1";TYPE=WORK,VOICE:555 0103',
    "BDAY:1975-02-28",
    "CATEGORIES:Partners,Tea\\, coffee",
    end="\n",
)

LOTUS_NOTES = _lines(
    "BEGIN:VCARD",
    "VERSION:2.1",
    "N:Stone;Bob;;;",
    "TEL;WORK:555 0104",
    "EMAIL;INTERNET:CN=Bob Stone/O=Acme",
    "EMAIL;INTERNET:bob@example.test",
    "ORG:Acme Finance;",
    "TITLE:Buyer",
    "ADR;WORK:;;1 Main Street",
    "that goes on where no line should",
    "END:VCARD",
)

THUNDERBIRD = card(
    "N:Ng;Mei;;;",
    "FN:Mei Ng",
    "EMAIL;PREF=1:mei@example.test",
    "TEL;VALUE=URI;TYPE=work:tel:+1-555-0105;ext=7",
    "BDAY;VALUE=DATE:19900704",
    "KIND:individual",
    "UID:urn:uuid:00000000-0000-4000-8000-000000000002",
    version="4.0",
)

GOOGLE_CSV = (
    b"First Name,Middle Name,Last Name,Name Prefix,Nickname,Organization Name,Organization Title,Birthday,Notes,Photo,"
    b"Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value\r\n"
    b'Jane,Q,Doe,Ms,JD,Example Works,Director, --12-01,"Likes tea\r\nand walks",https://photos.example.test/1,'
    b'"* myContacts ::: * friends ::: Board, old",* Work,jane@example.test ::: jane2@example.test,Home,'
    b"jane3@example.test,"
    b"Mobile,+1 555 0102 ::: +1 555 0103\r\n"
)

OUTLOOK_CSV = (
    '\ufeff"Title","First Name","Middle Name","Last Name","Suffix","Company","Department","Job Title","Business Phone",'
    '"Business Phone 2","Mobile Phone","Birthday","Anniversary","Categories","E-mail Address","E-mail Type",'
    '"E-mail Display Name","E-mail 2 Address","Notes","Web Page"\r\n'
    '"Dr","Jörg","","Müller","Jr.","Beispiel","Einkauf","Buyer","555 0101","","555 0106","0/0/00","6/14/2005",'
    '"Suppliers;Friends","joerg@example.test","SMTP","Jörg Müller","","Kaffee","https://example.test"\r\n'
).encode()

THUNDERBIRD_CSV = (
    b"First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Work Phone,Fax Number,Job Title,"
    b"Organization,Birth Year,Birth Month,Birth Day,Notes\n"
    b"Mei,Ng,Mei Ng,,mei@example.test,,555 0105,,Analyst,Example Works,,7,4,\n"
)
