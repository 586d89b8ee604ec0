"""English words that begin sentences of their own, though many a client is called so: Will, May, Grace."""

_TIMES = """
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday spring summer autumn fall winter
    easter christmas
"""
CALENDAR = frozenset(_TIMES.split())
"""Names that are times of the year as well: `in May`, `5 June`, `until Easter`."""

_ORDINARY = """
    a about above after again against all along also always an and any as at before below between both but by
    down during each ever every for from further he her here his how i i'd i'll i'm i've if in into it it's its
    just later maybe me more most much my never new next no none not now of off old on once one only or other
    our out over per perhaps same she since so some soon still such than that the their then there these they
    this those though three through to today tomorrow tonight too two under until up very via we we'll we're
    well what when where which while who whom whose why with yes yesterday yet you your

    add added agree agreed am answered apologised are ask asked ate be been being book booked bring brought buy
    call called came can caught chat chatted check checked close closed come cook could cut deal did discuss
    discussed do does done draw drew drive drop dropped email emailed explain explained feel felt find fix fixed
    follow found gave get give given go going gone good got grant great had has have having hear heard help
    helped hold home invite invited is joined keep kept know lead learn learned leave left let lift look lost
    lunch made mail make mark meet meeting mention mentioned message met might miss missed move moved must need
    needed note offer offered open owe owes pay pick plan planned praise praised promise promised put quick
    raise raised reach read remind reminded renew reply report rest run said saw say see seem send sent set
    shall share shared should show showed sign signed skip speak spoke start started stay stop sue suggest
    suggested take talk talked tell thank thanked thanks think thought told took tried try turn update visit
    visited wait walk walked want wanted warn warned was went were will wish won wonder work worked would write
    wrote

    announced apologized approved arrived attended brainstormed breakfast cancelled celebrated coffee complained
    completed confirmed congratulated declined delivered demo demoed dinner drinks escalated finished hired
    installed interviewed introduced invoiced kick-off kickoff monthly morning negotiated onboarded onboarding
    paid phoned pinged pitched prepared presented proposed quarterly quoted rang received rejected requested
    rescheduled resolved review reviewed scheduled shipped short slack status surprised teams texted trained
    unhappy upset weekly wished workshop zoom

    anyway apparently bad btw card doc enjoyed eventually field finally fyi green handed happy hopefully intro job
    link listened love luckily lucky major meanwhile nice oh ok okay order packed page phone price red rich sadly
    site sorry stopped table uh um unfortunately west young

    account admin agency audit bank big board budget centre client clients company contract customer data dear
    deck design desk digital dr east family finance first friend friends general global group hello hi house
    invoice labs last law legal local long mr mrs ms north office pilot prof project re renewal sales school
    second service services sir south studio support team tech union united urgent vendor world year
"""
ORDINARY = CALENDAR.union(_ORDINARY.split())
"""Words with which notes begin, and which are hardly ever a name with a slip in it: `met`, `lunch`, `nice`."""

_NAMES = """
    amber angel art ash bay bear bill blaze blue bond booth brook buck candy chance chase chip clay cliff coral
    cotton crystal daisy dale dash dawn dean destiny dick duke earl faith fern ford forest frank gale gene ginger
    glen glory grace gray grey guy harmony heath heaven holly honey hope hunter iris ivory ivy jack jade jay jewel
    joy justice king kit knight lance lane lark liberty lily max mercy merry miles mint misty noble opal pat
    patience peace pearl penny pepper pierce piper poppy porter prince queen rain ray reed reef ridge river rob
    robin rock rocky rose ruby rusty sage sandy sky smith sonny star sterling stone storm sunny tab temple trinity
    tuck vale victory ward warren wave
"""
EVERYDAY = ORDINARY.union(_NAMES.split())
"""The ordinary words, and names that are words too: alone at the start of a sentence none of them names anybody."""
