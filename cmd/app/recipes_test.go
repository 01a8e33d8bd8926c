package app_test

import (
	"strconv"

	"ruggespraak/meetings"
	"ruggespraak/meetings/bundles"
	"ruggespraak/meetings/discussion"
	"ruggespraak/meetings/signals"
	"ruggespraak/people"
	"ruggespraak/store"
)

var (
	toSOM      = bundles.Addressee{Body: bundles.SOM}
	toTF       = bundles.Addressee{Body: bundles.TaskForce}
	toMinistry = bundles.Addressee{Body: bundles.Ministry, Name: "VWS"}
)

// recipes try each relation and verb that has a route.
var recipes = []recipe{
	// people
	{"session.own", people.Delete, func(*fixture, string) asked { return post("/afmelden") }},
	{"session.own", people.List, func(*fixture, string) asked { return get("/mijn-gegevens/sessies") }},
	{"account.own", people.Read, func(*fixture, string) asked { return get("/mijn-gegevens") }},
	{"account.own", people.Update, func(*fixture, string) asked {
		return post("/mijn-gegevens/wachtwoord", "huidig", password, "wachtwoord", "lamp raam kelder vork", "herhaal", "lamp raam kelder vork")
	}},
	{"prefs.own", people.Read, func(*fixture, string) asked { return get("/weergave") }},
	{"prefs.own", people.Update, func(*fixture, string) asked { return post("/weergave", "weergave", "light") }},
	{"bericht.own", people.List, func(*fixture, string) asked { return get("/berichten") }},
	{"bericht.own", people.Read, func(f *fixture, a string) asked { return get("/berichten/" + f.notice(known(a))) }},
	{"bericht.own", people.Update, func(f *fixture, a string) asked { return post("/berichten/" + f.notice(known(a)) + "/bekijken") }},
	{"bericht.own", people.Delete, func(f *fixture, a string) asked { return post("/berichten/" + f.notice(known(a)) + "/weggooien") }},
	{"account.other", people.List, func(*fixture, string) asked { return get("/accounts") }},
	{"account.other", people.Create, func(f *fixture, _ string) asked {
		f.n++
		return post("/accounts/nieuw", "naam", "Nieuw Mens", "mail", "mens"+strconv.Itoa(f.n)+"@ruggespraak.example", "rol", "S")
	}},
	{"account.other", people.Read, func(f *fixture, _ string) asked { return get("/accounts/" + f.newcomer()) }},
	{"account.other", people.Update, func(f *fixture, _ string) asked {
		return post("/accounts/"+f.newcomer(), "naam", "Andere Naam", "organisatie", f.org[1], "regio", f.reg[1])
	}},
	{"account.other", people.Act, func(f *fixture, _ string) asked { return post("/accounts/" + f.newcomer() + "/beeindigen") }},
	{"role.assign", people.Read, func(f *fixture, _ string) asked { return get("/accounts/" + f.newcomer()) }},
	{"role.assign", people.Create, func(f *fixture, _ string) asked { return post("/accounts/"+f.newcomer()+"/rollen/geven", "rol", "S") }},
	{"role.assign", people.Delete, func(f *fixture, _ string) asked {
		return post("/accounts/"+f.newcomer("S")+"/rollen/nemen", "rol", "S")
	}},
	{"session.other", people.List, func(f *fixture, _ string) asked { return get("/accounts/" + f.newcomer() + "/sessies") }},
	{"session.other", people.Act, func(f *fixture, _ string) asked { return post("/accounts/" + f.newcomer() + "/uitloggen") }},
	{"region", people.List, func(*fixture, string) asked { return get("/beheer") }},
	{"region", people.Read, func(f *fixture, _ string) asked { return get("/beheer/regios/" + f.reg[2]) }},
	{"region", people.Create, func(f *fixture, _ string) asked { return post("/beheer/regios", "regio", "Regio "+f.canary("regio")) }},
	{"region", people.Update, func(f *fixture, _ string) asked {
		return post("/beheer/regios/"+f.reg[2], "regio", "Regio "+f.canary("regio"))
	}},
	{"region", people.Act, func(f *fixture, _ string) asked { return post("/beheer/regios/" + f.reg[2] + "/sluiten") }},
	{"audit.security", people.List, func(*fixture, string) asked { return get("/accounts/logboek") }},
	{"audit.security", people.Read, func(f *fixture, _ string) asked { return get("/accounts/" + f.newcomer() + "/logboek") }},
	{"job", people.List, func(*fixture, string) asked { return get("/taken") }},
	{"job", people.Act, func(*fixture, string) asked { return post("/taken/gepland/stilte") }},
	{"outbox", people.List, func(*fixture, string) asked { return get("/taken") }},
	{"outbox", people.Act, func(f *fixture, _ string) asked { return post("/taken/mail/" + f.failedMail()) }},

	// questions and discussions
	{"ask.own", people.List, func(f *fixture, a string) asked {
		_, says := f.question(owner(a))
		return list("/inbreng/vragen?lijst=eigen", says)
	}},
	{"ask.own", people.Create, func(f *fixture, _ string) asked {
		return post("/inbreng/vragen", "tekst", "Wie kent "+f.canary("vraag")+"?", "sleutel", store.NewID())
	}},
	{"ask.own", people.Read, func(f *fixture, a string) asked { id, _ := f.question(owner(a)); return get("/inbreng/vragen/" + id) }},
	{"ask.own", people.Act, func(f *fixture, a string) asked {
		id, _ := f.question(owner(a))
		return post("/inbreng/vragen/" + id + "/beantwoord")
	}},
	{"ask.other", people.List, func(f *fixture, a string) asked {
		_, says := f.question(another(a))
		return list("/inbreng/vragen", says)
	}},
	{"ask.other", people.Read, func(f *fixture, a string) asked { id, _ := f.question(another(a)); return get("/inbreng/vragen/" + id) }},
	{"ask.other", people.Act, func(f *fixture, a string) asked {
		id, _ := f.question(another(a))
		return post("/inbreng/vragen/" + id + "/beantwoord")
	}},
	{"msg.ask", people.Read, func(f *fixture, a string) asked {
		id, _ := f.question(another(a))
		return get("/inbreng/vragen/" + id + "/1")
	}},
	{"msg.ask", people.Create, func(f *fixture, a string) asked {
		id, _ := f.question(another(a))
		return f.saying(discussion.TopicOf(discussion.Asked, id))
	}},
	{"msg.contrib", people.Read, func(f *fixture, a string) asked { return get("/inbreng/" + f.released(another(a)) + "/reacties") }},
	{"msg.contrib", people.Create, func(f *fixture, a string) asked {
		return f.saying(discussion.TopicOf(discussion.Contribution, f.released(another(a))))
	}},
	{"msg.other", people.Read, func(f *fixture, _ string) asked { return get(f.item().Path()) }},
	{"msg.closed", people.Read, func(f *fixture, _ string) asked {
		return get(discussion.ItemTopic(f.meeting(meetings.National, meetings.Closed)).Path())
	}},
	{"msg.guestitem", people.Read, func(f *fixture, _ string) asked { return get(f.mixed().Path()) }},
	{"msg.guestitem", people.Create, func(f *fixture, _ string) asked { return f.saying(f.mixed()) }},
	{"msg.own", people.Create, func(f *fixture, _ string) asked { return f.saying(f.mixed()) }},
	{"msg.own", people.Update, func(f *fixture, a string) asked {
		t := f.mixed()
		return post(t.Path()+"/"+f.said(t, speaker(a))+"/aanpassen", "tekst", "Nu zie ik "+f.canary("reactie")+".")
	}},
	{"msg.own", people.Delete, func(f *fixture, a string) asked {
		t := f.mixed()
		return post(t.Path() + "/" + f.said(t, speaker(a)) + "/verwijderen")
	}},
	{"msg.reaction.own", people.Create, func(f *fixture, _ string) asked {
		t := f.mixed()
		return post(t.Path()+"/reactie", "eens", f.said(t, "c2"))
	}},
	{"msg.seen.own", people.Update, func(f *fixture, _ string) asked {
		t := f.mixed()
		return post(t.Path()+"/gelezen", "tot", f.said(t, "c2"))
	}},
	{"msg.flag", people.Create, func(f *fixture, _ string) asked {
		t := f.mixed()
		return post(t.Path() + "/" + f.said(t, "c2") + "/markeren")
	}},
	{"msg.flag", people.Act, func(f *fixture, _ string) asked {
		t := f.mixed()
		return post(t.Path() + "/" + f.said(t, "c2") + "/weghalen")
	}},

	// a meeting that goes on
	{"speaker.list", people.Read, func(f *fixture, _ string) asked { return get("/overleggen/" + f.running() + "/live") }},
	{"speaker.list", people.Update, func(f *fixture, _ string) asked { id := f.running(); return post(f.turn(id, "c6") + "/geven") }},
	{"speaker.list", people.Act, func(f *fixture, _ string) asked { id := f.running(); return post(f.turn(id, "c6") + "/weghalen") }},
	{"speaker.own", people.Create, func(f *fixture, _ string) asked { return post("/overleggen/" + f.running() + "/live/beurt") }},
	{"speaker.own", people.Delete, func(f *fixture, a string) asked {
		id := f.running()
		f.turn(id, speaker(a))
		return post("/overleggen/" + id + "/live/beurt/intrekken")
	}},
	{"agenda.other", people.Act, func(f *fixture, _ string) asked {
		id := f.running()
		return post("/overleggen/"+id+"/live/punten/"+f.led(id).Item.ID, "doe", "stop")
	}},
	{"poll", people.Read, func(f *fixture, _ string) asked {
		id := f.running()
		f.polled(id)
		return list("/overleggen/"+id+"/live", f.canaries[len(f.canaries)-1])
	}},
	{"poll", people.Create, func(f *fixture, _ string) asked {
		return post("/overleggen/"+f.running()+"/live/peiling", "vraag", "Wat vindt u van "+f.canary("peiling")+"?", "antwoorden", "Ja\nNee", "sleutel", store.NewID())
	}},
	{"poll", people.Act, func(f *fixture, _ string) asked { id := f.running(); return post(f.polled(id) + "/sluiten") }},
	{"poll.vote.own", people.Create, func(f *fixture, _ string) asked { id := f.running(); return post(f.polled(id)+"/stem", "keuze", "0") }},
	{"agenda.invited", people.Update, func(f *fixture, _ string) asked {
		_, meeting, item := f.item().Parts()
		return post("/overleggen/"+meeting+"/punten/"+item+"/uitnodigen", "wie", f.viewer("som").Account)
	}},

	// the three routes
	{"kb.public", people.Read, func(*fixture, string) asked { return get("/kennisbank/compensatie/duur/fonds") }},
	{"kb.public", people.Update, func(*fixture, string) asked {
		return post("/kennisbank/compensatie/duur/fonds", "geldig_per", "17-9-2019", "controleren_voor", "1-3-2020")
	}},

	// contributions
	{"contrib.draft.own", people.Create, func(f *fixture, _ string) asked { return get("/inbreng/nieuw") }},
	{"contrib.draft.own", people.Read, func(f *fixture, a string) asked { return get("/inbreng/concept/" + f.draft(owner(a))) }},
	{"contrib.draft.own", people.Delete, func(f *fixture, a string) asked { return post("/inbreng/concept/" + f.draft(owner(a)) + "/weggooien") }},
	{"contrib.draft.own", people.Act, func(f *fixture, a string) asked {
		form := f.form()
		return post("/inbreng/nieuw", "soort", "knelpunt", "tekst", form.Text, "titel", form.Title, "thema", "opvang", "lezen", "leden", "wachten", "ja", "concept", f.draft(owner(a)))
	}},
	{"contrib.draft.other", people.Read, func(f *fixture, a string) asked { return get("/inbreng/concept/" + f.draft(another(a))) }},
	{"contrib.draft.other", people.Delete, func(f *fixture, a string) asked {
		return post("/inbreng/concept/" + f.draft(another(a)) + "/weggooien")
	}},
	{"contrib.sub.own", people.List, func(f *fixture, a string) asked { return list("/inbreng", f.released(owner(a))) }},
	{"contrib.sub.own", people.Read, func(f *fixture, a string) asked { return get("/inbreng/" + f.closed(owner(a))) }},
	{"contrib.sub.own", people.Act, func(f *fixture, a string) asked { return post("/inbreng/" + f.released(owner(a)) + "/intrekken") }},
	{"contrib.extra.own", people.Update, func(f *fixture, a string) asked {
		return post("/inbreng/"+f.released(owner(a))+"/aanvullen", "vorm", "arbeid")
	}},
	{"contrib.sub.other.released", people.List, func(f *fixture, a string) asked { return list("/inbreng", f.released(another(a))) }},
	{"contrib.sub.other.released", people.Read, func(f *fixture, a string) asked { return get("/inbreng/" + f.released(another(a))) }},
	{"contrib.sub.other.released", people.Act, func(f *fixture, a string) asked {
		return post("/inbreng/"+f.released(another(a))+"/terugsturen", "reden", "Schrijf het iets algemener.")
	}},
	{"contrib.sub.other.unnamed", people.List, func(f *fixture, a string) asked { return list("/inbreng", f.unnamed(another(a))) }},
	{"contrib.sub.other.closed", people.List, func(f *fixture, a string) asked { return list("/inbreng", f.closed(another(a))) }},
	{"contrib.sub.other.unnamed", people.Read, func(f *fixture, a string) asked { return get("/inbreng/" + f.unnamed(another(a))) }},
	{"contrib.sub.other.unnamed", people.Act, func(f *fixture, a string) asked {
		return post("/inbreng/"+f.unnamed(another(a))+"/terugsturen", "reden", "Schrijf het iets algemener.")
	}},
	{"contrib.sub.other.closed", people.Read, func(f *fixture, a string) asked { return get("/inbreng/" + f.closed(another(a))) }},
	{"contrib.sub.other.closed", people.Read, func(f *fixture, a string) asked { return get("/inbreng/" + f.held(another(a))) }},
	{"contrib.sub.other.closed", people.Act, func(f *fixture, a string) asked { return post("/inbreng/" + f.held(another(a)) + "/vrijgeven") }},
	{"support.own", people.Create, func(f *fixture, a string) asked { return post("/inbreng/" + f.released(another(a)) + "/herken") }},
	{"support.own", people.Delete, func(f *fixture, a string) asked {
		id := f.released(another(a))
		if who[a].role == people.Coordinator {
			f.ok(f.app.Book.Recognise(background, f.viewer(a), id, signals.NotApproachable))
		}
		return post("/inbreng/" + id + "/herkenning-intrekken")
	}},
	{"contrib.flag", people.Create, func(f *fixture, a string) asked { return post("/inbreng/" + f.released(another(a)) + "/markeren") }},
	{"contrib.flag", people.Act, func(f *fixture, a string) asked { return post("/inbreng/" + f.flagged(another(a)) + "/herstellen") }},
	{"incident", people.List, func(*fixture, string) asked { return get("/inbreng/verwijderd") }},
	{"cluster", people.List, func(*fixture, string) asked { return get("/inbreng/clusters") }},
	{"cluster", people.Read, func(f *fixture, _ string) asked { return get("/inbreng/clusters/" + f.cluster(f.released("c2"))) }},
	{"cluster", people.Create, func(f *fixture, _ string) asked {
		return post("/inbreng/clusters/nieuw", "kop", "Kop met "+f.canary("kop"), "inbreng", f.released("c2"), "inbreng", f.released("c3"))
	}},
	{"cluster", people.Update, func(f *fixture, _ string) asked {
		return post("/inbreng/clusters/"+f.cluster(f.released("c2"))+"/erbij", "inbreng", f.released("c3"))
	}},
	{"cluster", people.Act, func(f *fixture, _ string) asked {
		return post("/inbreng/clusters/" + f.cluster(f.released("c2")) + "/opheffen")
	}},
	{"comp.quoteconsent", people.Create, func(f *fixture, _ string) asked { return post("/inbreng/" + f.closed("c2") + "/verder") }},
	{"comp.quoteconsent", people.Act, func(f *fixture, a string) asked {
		id := f.closed(owner(a))
		if owner(a) != "chair" {
			f.ok(f.app.Book.AskFurther(background, f.viewer("chair"), id, ""))
		}
		return post("/inbreng/"+id+"/verder/antwoord", "antwoord", "ja")
	}},

	// knowledge base
	{"kb.members", people.List, func(f *fixture, _ string) asked { return list("/kennisbank", f.article("c3")) }},
	{"kb.members", people.Read, func(f *fixture, _ string) asked { return get("/kennisbank/" + f.article("c3")) }},
	{"kb.members", people.Act, func(f *fixture, a string) asked { return post("/kennisbank/" + f.article(owner(a)) + "/klopt") }},
	{"kb.members", people.Update, func(f *fixture, _ string) asked {
		return post("/kennisbank/"+f.article("c3")+"/beheer", "eigenaar", "c2", "publiek", "besloten")
	}},
	{"kb.members", people.Delete, func(f *fixture, _ string) asked { return post("/kennisbank/" + f.article("c3") + "/weghalen") }},
	{"kb.public", people.List, func(f *fixture, _ string) asked { return list("/openbaar/kennisbank", f.publicArticle("c3")) }},
	{"kb.public", people.Read, func(f *fixture, _ string) asked { return get("/openbaar/kennisbank/" + f.publicArticle("c3")) }},
	{"kb.public", people.Act, func(f *fixture, a string) asked { return post("/kennisbank/" + f.publicArticle(owner(a)) + "/klopt") }},
	{"kb.public", people.Update, func(f *fixture, _ string) asked {
		return post("/kennisbank/"+f.publicArticle("c3")+"/beheer", "eigenaar", "c2", "publiek", "openbaar")
	}},
	{"kb.public", people.Delete, func(f *fixture, _ string) asked { return post("/kennisbank/" + f.publicArticle("c3") + "/weghalen") }},
	{"kb.approve.other", people.Act, func(f *fixture, _ string) asked {
		return post("/kennisbank/"+f.shipped()+"/goedkeuren", "versie", "1")
	}},

	{"kb.draft.own", people.List, func(f *fixture, a string) asked { return list("/kennisbank/concepten", f.articleDraft(owner(a))) }},
	{"kb.draft.own", people.Create, func(f *fixture, _ string) asked {
		return post("/kennisbank/nieuw", "titel", "Artikel "+f.canary("artikel"), "categorie", "opvang")
	}},
	{"kb.draft.own", people.Read, func(f *fixture, a string) asked { return get("/kennisbank/concept/" + f.articleDraft(owner(a))) }},
	{"kb.draft.own", people.Update, func(f *fixture, a string) asked {
		return post("/kennisbank/concept/"+f.articleDraft(owner(a)), f.articleForm()...)
	}},
	{"kb.draft.own", people.Delete, func(f *fixture, a string) asked {
		return post("/kennisbank/concept/" + f.articleDraft(owner(a)) + "/weggooien")
	}},
	{"kb.draft.own", people.Act, func(f *fixture, a string) asked {
		return post("/kennisbank/concept/"+f.articleDraft(owner(a))+"/aanbieden", f.articleForm()...)
	}},
	{"kb.draft.editor", people.List, func(f *fixture, a string) asked {
		return list("/kennisbank/concepten", f.articleDraft(another(a), owner(a)))
	}},
	{"kb.draft.editor", people.Read, func(f *fixture, a string) asked {
		return get("/kennisbank/concept/" + f.articleDraft(another(a), owner(a)))
	}},
	{"kb.draft.editor", people.Update, func(f *fixture, a string) asked {
		return post("/kennisbank/concept/"+f.articleDraft(another(a), owner(a)), f.articleForm()...)
	}},
	{"kb.draft.other", people.List, func(f *fixture, a string) asked { return list("/kennisbank/concepten", f.offeredArticle(another(a))) }},
	{"kb.draft.other", people.Read, func(f *fixture, a string) asked { return get("/kennisbank/concept/" + f.offeredArticle(another(a))) }},
	{"kb.draft.other", people.Act, func(f *fixture, a string) asked {
		return post("/kennisbank/concept/"+f.offeredArticle(another(a))+"/terugsturen", "reden", "Noem de bron.")
	}},
	{"kb.approve.other", people.Act, func(f *fixture, a string) asked {
		return post("/kennisbank/concept/"+f.offeredArticle(another(a))+"/goedkeuren", "versie", "2")
	}},

	// meetings
	{"meeting.draft", people.List, func(f *fixture, _ string) asked {
		id, _ := f.meeting(meetings.National, meetings.Draft)
		return list("/overleggen", id)
	}},
	{"meeting.draft", people.Create, func(f *fixture, _ string) asked {
		return post("/overleggen/nieuw", "soort", "landelijk", "titel", "Overleg "+f.canary("overleg"), "datum", "25-11-2019", "begin", "10.00", "eind", "15.00")
	}},
	{"meeting.draft", people.Read, func(f *fixture, _ string) asked {
		id, _ := f.meeting(meetings.National, meetings.Draft)
		return get("/overleggen/" + id)
	}},
	{"meeting.draft", people.Update, func(f *fixture, _ string) asked {
		id, _ := f.meeting(meetings.National, meetings.Draft)
		return changeMeeting(id)
	}},
	{"meeting.draft", people.Act, func(f *fixture, _ string) asked {
		id, _ := f.meeting(meetings.National, meetings.Draft)
		return post("/overleggen/"+id+"/stand", "stand", "open")
	}},
	{"meeting.meta", people.List, func(f *fixture, _ string) asked {
		id, _ := f.meeting(meetings.National, meetings.Open)
		return list("/overleggen", id)
	}},
	{"meeting.meta", people.Read, func(f *fixture, _ string) asked {
		id, _ := f.meeting(meetings.National, meetings.Open)
		return get("/overleggen/" + id)
	}},
	{"meeting.meta", people.Update, func(f *fixture, _ string) asked {
		id, _ := f.meeting(meetings.National, meetings.Open)
		return changeMeeting(id)
	}},
	{"meeting.meta", people.Act, func(f *fixture, _ string) asked {
		id, _ := f.meeting(meetings.National, meetings.Open)
		return post("/overleggen/"+id+"/stand", "stand", "bezig")
	}},
	{"meeting.body", people.List, func(f *fixture, _ string) asked {
		id, _ := f.meeting(meetings.SOM, meetings.Open)
		return list("/overleggen", id)
	}},
	{"meeting.body", people.Create, func(f *fixture, _ string) asked {
		return post("/overleggen/nieuw", "soort", "taskforce", "titel", "Vergadering "+f.canary("overleg"), "datum", "25-11-2019", "begin", "10.00", "eind", "15.00")
	}},
	{"meeting.body", people.Read, func(f *fixture, _ string) asked {
		id, _ := f.meeting(meetings.TaskForce, meetings.Open)
		return get("/overleggen/" + id)
	}},
	{"meeting.body", people.Update, func(f *fixture, _ string) asked {
		id, _ := f.meeting(meetings.TaskForce, meetings.Open)
		return post("/overleggen/"+id+"/wijzigen", "soort", "taskforce", "titel", "Andere titel", "datum", "26-11-2019", "begin", "10.00", "eind", "15.00")
	}},
	{"meeting.body", people.Act, func(f *fixture, _ string) asked {
		id, _ := f.meeting(meetings.SOM, meetings.Open)
		return post("/overleggen/"+id+"/stand", "stand", "gesloten")
	}},
	{"agenda.other", people.Create, func(f *fixture, _ string) asked {
		id, _ := f.meeting(meetings.National, meetings.Open)
		return post("/overleggen/"+id+"/punten/nieuw", "titel", "Punt "+f.canary("agenda"))
	}},
	{"agenda.other", people.Update, func(f *fixture, _ string) asked {
		id, point := f.meeting(meetings.National, meetings.Open)
		return post("/overleggen/"+id+"/punten/"+point, "titel", "Punt "+f.canary("agenda"))
	}},
	{"minutes.draft", people.Update, func(f *fixture, _ string) asked {
		id, point := f.meeting(meetings.National, meetings.Open)
		return post("/overleggen/"+id+"/punten/"+point+"/verslag", "verslag", "Verslag "+f.canary("verslag"), "versie", "1")
	}},
	{"minutes.draft", people.Create, func(f *fixture, _ string) asked {
		id, point := f.meeting(meetings.National, meetings.Open)
		return post("/overleggen/"+id+"/punten/"+point+"/uitkomsten", "uitkomst", "besluit", "tekst", "Besluit "+f.canary("besluit"))
	}},
	{"minutes.draft", people.Delete, func(f *fixture, _ string) asked {
		id, point := f.meeting(meetings.National, meetings.Open)
		f.ok(f.app.Calendar.AddOutcome(background, f.viewer("chair"), id, point, meetings.Result{Kind: meetings.Decision, Text: "Besluit " + f.canary("besluit")}))
		m, err := f.app.Calendar.Show(background, f.viewer("chair"), id)
		f.ok(err)
		return post("/overleggen/" + id + "/punten/" + point + "/uitkomsten/" + m.Items[0].Outcomes[0].ID + "/weghalen")
	}},

	// bundles
	{"comp.draft", people.List, func(f *fixture, _ string) asked {
		n, _ := f.compiled(toSOM)
		return list("/bundels", "/bundels/"+n+`"`)
	}},
	{"comp.draft", people.Create, func(*fixture, string) asked {
		return post("/bundels/nieuw", "aan", "som", "van", "01-01-2019", "tot", "17-09-2019")
	}},
	{"comp.draft", people.Read, func(f *fixture, _ string) asked { n, _ := f.compiled(toSOM); return get("/bundels/" + n) }},
	{"comp.draft", people.Update, func(f *fixture, _ string) asked {
		n, _ := f.compiled(toSOM)
		return get("/bundels/" + n + "/toevoegen")
	}},
	{"comp.draft", people.Act, func(f *fixture, _ string) asked {
		n, _ := f.compiled(toSOM)
		return post("/bundels/" + n + "/aanbieden")
	}},
	{"comp.approve.own", people.Act, func(f *fixture, _ string) asked {
		number, hash := f.offered(toSOM)
		return post("/bundels/"+number+"/goedkeuren", "kenmerk", hash)
	}},
	{"comp.approve.other", people.Act, func(f *fixture, a string) asked {
		number, hash := f.offeredBy("reader")
		return post("/bundels/"+number+"/goedkeuren", "kenmerk", hash)
	}},
	{"comp.sent.som", people.List, func(f *fixture, _ string) asked { return list("/bundels", "/bundels/"+f.sent(toSOM)+`"`) }},
	{"comp.sent.som", people.Read, func(f *fixture, _ string) asked { return get("/bundels/" + f.sent(toSOM) + "/1") }},
	{"comp.sent.som", people.Act, func(f *fixture, _ string) asked {
		return post("/bundels/"+f.sent(toSOM)+"/intrekken", "reden", "Er stond een fout in.")
	}},
	{"comp.sent.tf", people.List, func(f *fixture, _ string) asked { return list("/bundels", "/bundels/"+f.sent(toTF)+`"`) }},
	{"comp.sent.other", people.List, func(f *fixture, _ string) asked { return list("/bundels", "/bundels/"+f.sent(toMinistry)+`"`) }},
	{"comp.sent.tf", people.Read, func(f *fixture, _ string) asked { return get("/bundels/" + f.sent(toTF) + "/1") }},
	{"comp.sent.tf", people.Act, func(f *fixture, _ string) asked {
		return post("/bundels/"+f.sent(toTF)+"/intrekken", "reden", "Er stond een fout in.")
	}},
	{"comp.sent.other", people.Read, func(f *fixture, _ string) asked { return get("/bundels/" + f.sent(toMinistry) + "/1") }},
	{"comp.sent.other", people.Act, func(f *fixture, _ string) asked {
		return post("/bundels/"+f.sent(toMinistry)+"/intrekken", "reden", "Er stond een fout in.")
	}},
	{"feedback.input.own", people.Create, func(f *fixture, a string) asked {
		return post("/bundels/"+f.sent(bodyOf(a))+"/1/reactie", "reactie", "herken", "toelichting", "Wij zien dit ook.")
	}},
	{"feedback.input.own", people.Delete, func(f *fixture, a string) asked {
		number := f.sent(bodyOf(a))
		if role := who[a].role; role == people.SOMMember || role == people.TaskForce {
			f.ok(f.app.Desk.React(background, f.viewer(a), number, 1, bundles.Recognise, "", nil))
		}
		return post("/bundels/" + number + "/1/reactie/intrekken")
	}},
	{"answer.draft.som", people.Create, func(f *fixture, _ string) asked { return recordAnswer(f.sent(toSOM)) }},
	{"answer.draft.som", people.Act, func(f *fixture, _ string) asked {
		return post("/bundels/"+f.answered(toSOM)+"/1/uitkomst", "uitkomst", "opgelost")
	}},
	{"answer.draft.tf", people.Create, func(f *fixture, _ string) asked { return recordAnswer(f.sent(toTF)) }},
	{"answer.draft.tf", people.Act, func(f *fixture, _ string) asked {
		return post("/bundels/"+f.answered(toTF)+"/1/uitkomst", "uitkomst", "opgelost")
	}},
	{"answer.draft.other", people.Create, func(f *fixture, _ string) asked { return recordAnswer(f.sent(toMinistry)) }},
	{"answer.draft.other", people.Act, func(f *fixture, _ string) asked {
		return post("/bundels/"+f.answered(toMinistry)+"/1/uitkomst", "uitkomst", "opgelost")
	}},
	{"answer.draft.tf", people.List, func(*fixture, string) asked { return get("/punten") }},

	// feedback
	{"feedback.draft", people.Read, func(f *fixture, _ string) asked {
		n, _, _ := f.edition(toSOM)
		return get("/terugkoppeling/" + n + "/voorbeeld")
	}},
	{"feedback.draft", people.Update, func(f *fixture, _ string) asked { return get("/terugkoppeling/" + f.answered(toSOM) + "/maken") }},
	{"feedback.draft", people.Act, func(f *fixture, _ string) asked {
		n, seen, to := f.edition(toSOM)
		return post("/terugkoppeling/"+n+"/publiceren", "gezien", seen, "ontvangers", strconv.Itoa(to))
	}},
	{"search", people.List, func(*fixture, string) asked { return get("/zoeken") }},
	{"feedback.published", people.List, func(*fixture, string) asked { return get("/terugkoppeling") }},
	{"feedback.published", people.Read, func(f *fixture, a string) asked { return get("/terugkoppeling/" + f.published(bodyOf(a)) + "/1") }},
	{"feedback.published", people.Act, func(f *fixture, _ string) asked {
		return post("/terugkoppeling/"+f.published(toSOM)+"/1/corrigeren", "veranderd", "De reden was niet volledig.")
	}},
	{"effect.own", people.Read, func(f *fixture, a string) asked {
		id, bundle := f.effect(askedOf(a))
		if who[a].role == people.Chair {
			return get("/bundels/" + bundle + "/1") // the chair reads the answers with the point
		}
		return get("/terugkoppeling/effect/" + id)
	}},
	{"effect.own", people.Create, func(f *fixture, a string) asked {
		id, _ := f.effect(askedOf(a))
		return post("/terugkoppeling/effect/"+id, "antwoord", "ja")
	}},
}

// speaker is the account that writes in an item to which the SOM and the Task
// Force are invited: the actor where it may, else a coordinator.
func speaker(actor string) string {
	if actor == "som" || actor == "tf" {
		return actor
	}
	return owner(actor)
}

// saying is the form of a message.
func (f *fixture) saying(t discussion.Topic) asked {
	return post(t.Path(), "tekst", "Wij zien "+f.canary("reactie")+".", "sleutel", store.NewID())
}

// known is the account, or a coordinator for a visitor.
func known(actor string) string {
	if actor == "" {
		return "c2"
	}
	return actor
}

// another is a coordinator who is not the actor.
func another(actor string) string {
	if actor == "c2" {
		return "c3"
	}
	return "c2"
}

// bodyOf is the body whose bundles the actor reads.
func bodyOf(actor string) bundles.Addressee {
	if who[actor].role == people.TaskForce {
		return toTF
	}
	return toSOM
}

func changeMeeting(id string) asked {
	return post("/overleggen/"+id+"/wijzigen", "soort", "landelijk", "titel", "Andere titel", "datum", "26-11-2019", "begin", "10.00", "eind", "15.00")
}

func recordAnswer(number string) asked {
	return post("/bundels/"+number+"/1/antwoord", "antwoord", "meer-weten", "reden", "Wij willen eerst cijfers zien.", "vastgesteld", "17-09-2019")
}

// offeredBy is a bundle that this chair compiled and offered.
func (f *fixture) offeredBy(chair string) (number, hash string) {
	f.Helper()
	number, _ = f.compiledBy(chair, toSOM)
	f.ok(f.app.Desk.Offer(background, f.viewer(chair), number))
	seen, err := f.app.Desk.Inspect(background, f.viewer("chair"), number)
	f.ok(err)
	return number, seen.Hash
}

// askedOf is whose effect question it is: the actor's own for a coordinator;
// the chair reads those of coordinators and has none.
func askedOf(actor string) string {
	if who[actor].role == people.Coordinator {
		return actor
	}
	return "c2"
}
