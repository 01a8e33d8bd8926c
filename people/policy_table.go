package people

// policy is the permission matrix as this program carries it out: for each
// object relation what each role may do, in the letters of Verb, with the
// redaction behind a slash. It is written from the table of the trust model; the
// tests hold it against permission_matrix.csv, which is written from the text
// too, and neither is made from the other.
var policy = map[Object]map[Role]string{
	// directory entry, public fields: organisation, region, general number, age split, CoMensha fallback
	"dir.public": {"P": "LR", "G": "LR", "C": "LR", "V": "LR", "Z": "LRCUDX", "S": "LR", "T": "LR", "A": "LR", "U": "LR"},
	// the same, of the own organisation (a change is a proposal; the chair publishes)
	"dir.public.own": {"C": "LRU", "V": "LR", "Z": "LRCUDX"},
	// own named contact card: person, direct number, mail, hours, absence, deputy
	"dir.private.own": {"C": "LRU", "V": "LR", "Z": "LRCUD"},
	// the same of another coordinator
	"dir.private.other": {"C": "LR", "V": "LR", "Z": "LRCUD"},
	// hours, gaps and state of the areas over time
	"coverage": {"C": "LR", "V": "LR", "Z": "LRCUDX", "U": "LR/r2"},
	// meeting not yet opened, withdrawn or hidden
	"meeting.draft": {"Z": "LRCUDX", "U": "L/r2"},
	// meeting of the network: date, title, status, agenda order
	"meeting.meta": {"C": "LR", "V": "LR", "Z": "LRCUDX", "U": "LR/r2"},
	// the same, for a guest or SOM/TF member invited to it
	"meeting.meta.invited": {"G": "R/r1", "S": "R/r1", "T": "R/r1"},
	// meeting of the SOM or the Task Force: date, title, subjects (the secretariat enters its own)
	"meeting.body": {"C": "LR", "V": "LR", "Z": "LRCUDX", "S": "LR", "T": "LRCU", "U": "LR/r2"},
	// place, room link, attendee list, present/absent
	"meeting.place": {"C": "LR", "V": "LR", "Z": "LRCUD"},
	// the room link alone, for who is invited to an item, from 30 minutes before it until it closes
	"meeting.room.invited": {"G": "R", "Z": "LRCUD", "S": "R", "T": "R"},
	// agenda item one proposed oneself, until the agenda is fixed
	"agenda.own": {"C": "LRCUD", "V": "LRCUD", "Z": "LRCUDX"},
	// agenda item of somebody else
	"agenda.other": {"C": "LR", "V": "LR", "Z": "LRCUDX", "U": "LR/r2"},
	// agenda item for the chair only
	"agenda.internal": {"Z": "LRCUDX", "U": "L/r2"},
	// the one agenda item a guest (or SOM/TF member) is invited to, while the invitation runs
	"agenda.invited": {"G": "R/r6", "Z": "LRCUDX", "S": "R/r6", "T": "R/r6"},
	// own answer to an invitation
	"rsvp.own": {"C": "RCU", "V": "RCU", "Z": "RCU", "S": "RCU", "T": "RCU"},
	// private note on an agenda item
	"note.own": {"C": "LRCUD", "V": "LRCUD", "Z": "LRCUD", "S": "LRCUD", "T": "LRCUD"},
	// private note of another
	"note.other": {},
	// minutes and outcomes, being written
	"minutes.draft": {"Z": "LRCUDX", "U": "L/r2"},
	// the same, for a member named as minute taker
	"minutes.draft.writer": {"C": "LRU", "V": "LRU", "Z": "LRCUDX", "U": "L/r2"},
	// minutes sent to those who attended
	"minutes.concept": {"C": "LR", "V": "LR", "Z": "LRUX", "U": "L/r2"},
	// correction one proposes to the concept
	"minutes.correction.own": {"C": "LRCUD", "V": "LRCUD", "Z": "LRX", "U": "L/r2"},
	// minutes, adopted (immutable; a correction is a new version)
	"minutes.final": {"C": "LR", "V": "LR", "Z": "LRX", "U": "LR/r2"},
	// action item assigned to oneself
	"action.own": {"C": "LRU", "V": "LRU", "Z": "LRCUDX"},
	// action item assigned to somebody else
	"action.other": {"C": "LR", "V": "LR", "Z": "LRCUDX"},
	// contribution, draft, own
	"contrib.draft.own": {"C": "LRCUDX", "V": "LRCUDX", "Z": "LRCUDX"},
	// draft of the coordinator one deputises for, only if shared by that coordinator and inside the mandate period
	"contrib.draft.mandate": {"V": "LRUX"},
	// draft of anybody else (same organisation or other region)
	"contrib.draft.other": {},
	// contribution entered by the chair for a colleague, until that colleague confirms or refuses
	"contrib.behalf": {"C": "LRUX", "Z": "LRCUD", "U": "L/r2"},
	// contribution, submitted, own (X = withdraw, at any time)
	"contrib.sub.own": {"C": "LRX", "V": "LRX", "Z": "LRX"},
	// the optional questions of one's own submitted contribution, until it is withdrawn
	"contrib.extra.own": {"C": "LRU", "V": "LRU", "Z": "LRU"},
	// submitted by the coordinator one deputises for, inside the mandate
	"contrib.sub.mandate": {"V": "LRX"},
	// submitted by another, for CoMensha only or not yet visible for colleagues
	"contrib.sub.other.closed": {"Z": "LRX", "U": "L/r2"},
	// submitted by another, visible for colleagues
	"contrib.sub.other.released": {"C": "LR", "V": "LR", "Z": "LRX", "U": "L/r2"},
	// the same, where the author hid name, organisation and region from colleagues
	"contrib.sub.other.unnamed": {"C": "LR/r3", "V": "LR/r3", "Z": "LRX", "U": "L/r2"},
	// taking over a list of contributions
	"contrib.import": {"Z": "C"},
	// own contribution with everything that became of it («Mijn spoor»)
	"trace.own": {"C": "LR", "V": "LR", "Z": "LR"},
	// telling that a contribution names a person (it is hidden at once, until the chair decides)
	"contrib.flag": {"C": "C", "V": "C", "Z": "LRCX", "U": "L/r2"},
	// question to colleagues outside any meeting, own (X = close)
	"ask.own": {"C": "LRCUDX", "V": "LRCUDX", "Z": "LRCUDX"},
	// question of a colleague
	"ask.other": {"C": "LR", "V": "LR", "Z": "LRX", "U": "L/r2"},
	// main themes and keywords
	"theme.list": {"C": "LR", "V": "LR", "Z": "LRCUX", "S": "LR", "T": "LR", "U": "LR"},
	// 'herken ik ook', given by oneself
	"support.own": {"C": "LRCD", "V": "LRCD", "Z": "LR"},
	// number of organisations and regions that recognise a contribution
	"support.count": {"C": "LR", "V": "LR", "Z": "LR"},
	// contributions put together by the chair
	"cluster": {"C": "LR", "V": "LR", "Z": "LRCUDX", "U": "L/r2"},
	// own discussion message (U within 5 min, D leaves a tombstone; G, S, T only in the item they are invited to)
	"msg.own": {"G": "LRCUD", "C": "LRCUD", "V": "LRCUD", "Z": "LRCUD", "S": "LRCUD", "T": "LRCUD"},
	// message of another in a meeting one takes part in: all coordinators, unless the chair picked names (X = moderate)
	"msg.other": {"C": "LR", "V": "LR", "Z": "LRX", "U": "L/r2"},
	// messages under a contribution that one may read (the author of an unnamed one appears as «Indiener», without presence)
	"msg.contrib": {"C": "LRC", "V": "LRC", "Z": "LRCX", "U": "L/r2"},
	// messages of the invited agenda item, while it is open
	"msg.guestitem": {"G": "LRC/r6", "C": "LRC", "V": "LRC", "Z": "LRCX", "S": "LRC/r6", "T": "LRC/r6"},
	// messages of a meeting for which the chair picked others
	"msg.notparticipating": {"Z": "LR"},
	// messages of a closed meeting
	"msg.closed": {"C": "LR", "V": "LR", "Z": "LRX", "U": "L/r2"},
	// messages under a question
	"msg.ask": {"C": "LRC", "V": "LRC", "Z": "LRCX", "U": "L/r2"},
	// how far one has read, per topic (nobody else sees it)
	"msg.seen.own": {"G": "RU", "C": "RU", "V": "RU", "Z": "RU", "S": "RU", "T": "RU"},
	// who is in a discussion now
	"presence": {"G": "R/r6", "C": "R", "V": "R", "Z": "R", "S": "R/r6", "T": "R/r6"},
	// own reaction to a message
	"msg.reaction.own": {"G": "RCD", "C": "RCD", "V": "RCD", "Z": "RCD", "S": "RCD", "T": "RCD"},
	// telling that a message, question or comment names a person
	"msg.flag": {"G": "C", "C": "C", "V": "C", "Z": "LRCX", "S": "C", "T": "C", "U": "L/r2"},
	// removal of personal data: when, where, by whom, without the text
	"incident": {"Z": "LR", "U": "LR"},
	// quick poll: the question
	"poll": {"G": "R", "C": "LR", "V": "LR", "Z": "LRCUDX", "S": "R", "T": "R", "U": "L/r2"},
	// own vote in a quick poll
	"poll.vote.own": {"G": "RCUD", "C": "RCUD", "V": "RCUD", "Z": "RCUD", "S": "RCUD", "T": "RCUD"},
	// result of a closed poll
	"poll.result": {"C": "LR", "V": "LR", "Z": "LR", "U": "L/r2"},
	// speakers list of a running item
	"speaker.list": {"G": "R/r6", "C": "LR", "V": "LR", "Z": "LRUX", "S": "R/r6", "T": "R/r6"},
	// own place on the speakers list
	"speaker.own": {"G": "RCD/r1", "C": "LRCD", "V": "LRCD", "Z": "LRCUDX", "S": "RCD", "T": "RCD"},
	// compilation (bundel), draft
	"comp.draft": {"Z": "LRCUDX", "U": "L/r2"},
	// approving a compilation that one wrote or changed since the last approval
	"comp.approve.own": {},
	// approving a compilation of another
	"comp.approve.other": {"Z": "RX"},
	// compilation, sent to the SOM (immutable; X = withdraw with notice)
	"comp.sent.som": {"C": "LR", "V": "LR", "Z": "LRX", "S": "LR", "U": "LR/r2"},
	// compilation, addressed to the Task Force
	"comp.sent.tf": {"C": "LR", "V": "LR", "Z": "LRX", "S": "LR", "T": "LR", "U": "LR/r2"},
	// compilation, sent to a ministry or other body without accounts
	"comp.sent.other": {"C": "LR", "V": "LR", "Z": "LRX", "U": "LR/r2"},
	// question to an author whether a text may go further than the author chose
	"comp.quoteconsent": {"C": "RX", "V": "RX", "Z": "LRC", "U": "L/r2"},
	// aggregated signals, published release
	"agg.release": {"C": "LR", "V": "LR", "Z": "LRCX", "S": "LR", "T": "LR", "U": "LR/r2"},
	// the same, computed but not published
	"agg.release.unpublished": {"Z": "LRX", "U": "L/r2"},
	// the same, marked public
	"agg.release.public": {"P": "LR", "G": "LR", "C": "LR", "V": "LR", "Z": "LRX", "S": "LR", "T": "LR", "A": "LR", "U": "LR"},
	// live counts before the freeze
	"agg.live": {"Z": "LR"},
	// own reaction to a point, by a SOM / TF member
	"feedback.input.own": {"Z": "LR", "S": "LRCUD", "T": "LRCUD"},
	// reaction of another member of the same body
	"feedback.input.other": {"Z": "LR", "S": "LR", "T": "LR"},
	// answer of the SOM, recorded, not yet published
	"answer.draft.som": {"Z": "LRCUDX", "S": "LR", "U": "L/r2"},
	// answer of the Task Force, recorded, not yet published
	"answer.draft.tf": {"Z": "LRCUDX", "T": "LRCU", "U": "L/r2"},
	// answer of a ministry or other body, recorded by the chair
	"answer.draft.other": {"Z": "LRCUDX", "U": "L/r2"},
	// feedback (terugkoppeling), draft
	"feedback.draft": {"Z": "LRCUDX", "U": "L/r2"},
	// feedback, published for its audience
	"feedback.published": {"C": "LR", "V": "LR", "Z": "LRX", "S": "LR", "T": "LR", "U": "LR/r2"},
	// public report, draft
	"report.draft": {"Z": "LRCUDX", "U": "L/r2"},
	// public report, published
	"report.public": {"P": "LR", "G": "LR", "C": "LR", "V": "LR", "Z": "LRX", "S": "LR", "T": "LR", "A": "LR", "U": "LR"},
	// question of a SOM / TF member to the field
	"question.own": {"Z": "LRUX", "S": "LRCUD", "T": "LRCUD", "U": "L/r2"},
	// the same, placed by the chair
	"question.placed": {"C": "LR", "V": "LR", "Z": "LRUX", "S": "LR", "T": "LR", "U": "L/r2"},
	// own answer to the effect question
	"effect.own": {"C": "RCU", "V": "RCU", "Z": "LR"},
	// result of the effect question
	"effect.result": {"C": "LR/r7", "V": "LR/r7", "Z": "LR", "S": "LR/r7", "T": "LR/r7", "U": "L/r2"},
	// call for members to go to the Task Force, choice, briefing pack
	"delegation": {"C": "LR", "V": "LR", "Z": "LRCUDX", "T": "R/r4", "U": "L/r2"},
	// own offer to go
	"delegation.volunteer.own": {"C": "LRCD", "V": "LRCD", "Z": "LR"},
	// own report afterwards
	"delegation.report.own": {"C": "LRCU", "V": "LRCU", "Z": "LRX", "U": "L/r2"},
	// followed subject (onderwerp): timeline over meetings, pulse
	"dossier.members": {"C": "LR", "V": "LR", "Z": "LRCUDX", "U": "L/r2"},
	// the same, milestones that the chair shares
	"dossier.shared": {"C": "LR", "V": "LR", "Z": "LRCUDX", "S": "LR", "T": "LR", "U": "L/r2"},
	// knowledge article, own draft (X = offer for review)
	"kb.draft.own": {"C": "LRCUDX", "V": "LRCUDX", "Z": "LRCUDX"},
	// knowledge article, draft of another (the chair only after it was offered for review; an editor who was named may change it)
	"kb.draft.other": {"Z": "LRX"},
	// knowledge article, draft one was named editor of
	"kb.draft.editor": {"C": "LRU", "V": "LRU", "Z": "LRU"},
	// approving an article one wrote or changed since the last approval
	"kb.approve.own": {},
	// approving an article of another
	"kb.approve.other": {"Z": "RX"},
	// knowledge article, published for members, SOM and Task Force («besloten»; names of people for members only)
	"kb.members": {"C": "LRX", "V": "LRX", "Z": "LRUDX", "S": "LR/r6", "T": "LR/r6", "U": "LR/r2"},
	// knowledge article, published for everybody; comparator and guide too
	"kb.public": {"P": "LR/r6", "G": "LR/r6", "C": "LRX", "V": "LRX", "Z": "LRUDX", "S": "LR/r6", "T": "LR/r6", "A": "LR/r6", "U": "LR/r6"},
	// comment under an article, for members
	"kb.comment": {"C": "LRC", "V": "LRC", "Z": "LRCDX", "U": "L/r2"},
	// attachment whose parent the caller may read
	"att.visible": {"P": "R", "G": "RC", "C": "RCD", "V": "RCD", "Z": "RCD", "S": "R", "T": "R", "U": "R/r2"},
	// attachment whose parent the caller may not read (also by direct URL, by export, by thumbnail)
	"att.hidden": {},
	// the search page, trimmed by all other rows (an index for each audience, so that hidden texts cannot shift ranks)
	"search": {"P": "L", "C": "L", "V": "L", "Z": "L", "S": "L", "T": "L"},
	// own inbox of the product
	"bericht.own": {"C": "LRUD", "V": "LRUD", "Z": "LRUD", "S": "LRUD", "T": "LRUD", "A": "LRUD", "U": "LRUD"},
	// inbox of another
	"bericht.other": {},
	// own mail preferences
	"prefs.own": {"C": "RU", "V": "RU", "Z": "RU", "S": "RU", "T": "RU", "A": "RU", "U": "RU"},
	// own secret calendar address
	"calendar.token.own": {"C": "RCD", "V": "RCD", "Z": "RCD", "S": "RCD", "T": "RCD"},
	// audit log (append-only; X = export)
	"audit.all": {"U": "LRX"},
	// security events without content: log-ins, lock-outs, role changes
	"audit.security": {"A": "LR/r5", "U": "LRX"},
	// who opened or changed my own contribution
	"audit.ownobject": {"C": "LR", "V": "LR", "Z": "LR"},
	// own account: name, mail, password, second factor (step-up)
	"account.own": {"G": "R", "C": "RU", "V": "RU", "Z": "RU", "S": "RU", "T": "RU", "A": "RU", "U": "RU"},
	// accounts of others: invite, disable, reset
	"account.other": {"Z": "L/r4", "A": "LRCUX", "U": "LR/r5"},
	// grant oneself a role
	"role.self": {},
	// grant somebody a role (chair and auditor need a second administrator)
	"role.assign": {"A": "LRCDX", "U": "LR"},
	// regions and organisations
	"region": {"C": "LR", "V": "LR", "Z": "LRCUX", "A": "LRCUX", "U": "LR"},
	// deputy mandate given by oneself, with an end date
	"mandate.own": {"C": "LRCD", "V": "LR", "Z": "LRCDX"},
	// guest invitation: one person, one item, one time window
	"guestinvite": {"Z": "LRCUDX", "U": "LR/r2"},
	// signing in, an invitation link, the first administrator's token
	"session.new": {"P": "RC", "G": "RC", "C": "RC", "V": "RC", "Z": "RC", "S": "RC", "T": "RC", "A": "RC", "U": "RC"},
	// front page, health, assets, security.txt
	"page.public": {"P": "R", "G": "R", "C": "R", "V": "R", "Z": "R", "S": "R", "T": "R", "A": "R", "U": "R"},
	// own start page and menu
	"start.own": {"C": "R", "V": "R", "Z": "R", "S": "R", "T": "R", "A": "R", "U": "R"},
	// the demo's buttons and its mail (demo only)
	"demo": {"P": "RC", "G": "RC", "C": "RC", "V": "RC", "Z": "RC", "S": "RC", "T": "RC", "A": "RC", "U": "RC"},
	// own sessions
	"session.own": {"G": "LD", "C": "LD", "V": "LD", "Z": "LD", "S": "LD", "T": "LD", "A": "LD", "U": "LD"},
	// sessions of others (X = revoke)
	"session.other": {"A": "LX/r5", "U": "L/r5"},
	// export of everything about oneself (AVG)
	"export.own": {"C": "C", "V": "C", "Z": "C", "S": "C", "T": "C", "A": "C", "U": "C"},
	// export of a meeting with its contributions
	"export.meeting": {"Z": "C"},
	// the own meeting pack: what one may read, as one document
	"export.pack": {"C": "C", "V": "C", "Z": "C"},
	// export of a received compilation
	"export.comp": {"Z": "C", "S": "C", "T": "C"},
	// export of a published release
	"export.release": {"C": "C", "V": "C", "Z": "C", "S": "C", "T": "C"},
	// export or backup of everything by HTTP
	"export.all": {},
	// outgoing mail: status only, never bodies (X = retry)
	"outbox": {"A": "LX/r5", "U": "L/r5"},
	// planned work: last run, outcome (X = run now)
	"job": {"A": "LX/r5", "U": "L/r5"},
	// how long what is kept, with preview (X = run)
	"retention": {"Z": "LR", "A": "LRUX", "U": "LR"},
	// configuration, migration, backup, restore, debug, metrics by the public listener
	"config": {},
}
