package server

import "ruggespraak/people"

// What a contribution can be for who asks; the domain decides which it is.
var (
	anyContribution = objects("contrib.sub.own", "contrib.sub.other.released", "contrib.sub.other.unnamed", "contrib.sub.other.closed")
	ofOthers        = objects("contrib.sub.other.released", "contrib.sub.other.unnamed", "contrib.sub.other.closed")
	ownDraft        = objects("contrib.draft.own")
	ownSupport      = objects("support.own")
	flags           = objects("contrib.flag")
	clusters        = objects("cluster")
)

func (s *Server) signalRoutes() []Route {
	return []Route{
		{get, "/hulp-nu", objects("page.public"), people.Read, "helpNow", s.helpNow},
		{get, "/inbreng", anyContribution, people.List, "signalList", s.signalList},
		{get, "/inbreng/nieuw", ownDraft, people.Create, "signalNewForm", s.signalNewForm},
		{post, "/inbreng/nieuw", ownDraft, people.Act, "signalSubmit", s.signalSubmit},
		{post, "/inbreng/concept", ownDraft, people.Create, "draftSave", s.draftSave},
		{get, "/inbreng/concept/:id", ownDraft, people.Read, "draftShow", s.draftShow},
		{get, "/inbreng/concept/:id/weggooien", ownDraft, people.Delete, "draftThrowForm", s.draftThrowForm},
		{post, "/inbreng/concept/:id/weggooien", ownDraft, people.Delete, "draftThrow", s.draftThrow},
		{post, "/inbreng/lijkt-op", anyContribution, people.List, "signalSimilar", s.signalSimilar},
		{get, "/inbreng/verwijderd", objects("incident"), people.List, "incidentList", s.incidentList},
		{get, "/inbreng/clusters", clusters, people.List, "clusterList", s.clusterList},
		{get, "/inbreng/clusters/nieuw", clusters, people.Create, "clusterNewForm", s.clusterNewForm},
		{post, "/inbreng/clusters/nieuw", clusters, people.Create, "clusterCreate", s.clusterCreate},
		{get, "/inbreng/clusters/:id", clusters, people.Read, "clusterShow", s.clusterShow},
		{get, "/inbreng/clusters/:id/erbij", clusters, people.Update, "clusterJoinForm", s.clusterJoinForm},
		{post, "/inbreng/clusters/:id/erbij", clusters, people.Update, "clusterJoin", s.clusterJoin},
		{post, "/inbreng/clusters/:id/eruit", clusters, people.Update, "clusterLeave", s.clusterLeave},
		{get, "/inbreng/clusters/:id/kop", clusters, people.Update, "clusterHeadingForm", s.clusterHeadingForm},
		{post, "/inbreng/clusters/:id/kop", clusters, people.Update, "clusterHeading", s.clusterHeading},
		{get, "/inbreng/clusters/:id/opheffen", clusters, people.Act, "clusterUndoForm", s.clusterUndoForm},
		{post, "/inbreng/clusters/:id/opheffen", clusters, people.Act, "clusterUndo", s.clusterUndo},
		{get, "/inbreng/:id", anyContribution, people.Read, "signalShow", s.signalShow},
		{post, "/inbreng/:id/herken", ownSupport, people.Create, "supportGive", s.supportGive},
		{post, "/inbreng/:id/herkenning-intrekken", ownSupport, people.Delete, "supportTake", s.supportTake},
		{get, "/inbreng/:id/aanvullen", objects("contrib.extra.own"), people.Update, "signalExtraForm", s.signalExtraForm},
		{post, "/inbreng/:id/aanvullen", objects("contrib.extra.own"), people.Update, "signalExtra", s.signalExtra},
		{get, "/inbreng/:id/intrekken", objects("contrib.sub.own"), people.Act, "signalWithdrawForm", s.signalWithdrawForm},
		{post, "/inbreng/:id/intrekken", objects("contrib.sub.own"), people.Act, "signalWithdraw", s.signalWithdraw},
		{post, "/inbreng/:id/opnieuw", ownDraft, people.Create, "signalResume", s.signalResume},
		{get, "/inbreng/:id/markeren", flags, people.Create, "flagRaiseForm", s.flagRaiseForm},
		{post, "/inbreng/:id/markeren", flags, people.Create, "flagRaise", s.flagRaise},
		{post, "/inbreng/:id/herstellen", flags, people.Act, "flagRestore", s.flagRestore},
		{get, "/inbreng/:id/verwijderen", flags, people.Act, "flagRemoveForm", s.flagRemoveForm},
		{post, "/inbreng/:id/verwijderen", flags, people.Act, "flagRemove", s.flagRemove},
		{post, "/inbreng/:id/vrijgeven", ofOthers, people.Act, "signalRelease", s.signalRelease},
		{get, "/inbreng/:id/terugsturen", ofOthers, people.Act, "signalSendBackForm", s.signalSendBackForm},
		{post, "/inbreng/:id/terugsturen", ofOthers, people.Act, "signalSendBack", s.signalSendBack},
		{post, "/inbreng/:id/contact", ofOthers, people.Act, "signalContacted", s.signalContacted},
		{post, "/inbreng/:id/thema", ofOthers, people.Act, "signalTheme", s.signalTheme},
		{post, "/inbreng/:id/uitkomst", ofOthers, people.Act, "signalOutcome", s.signalOutcome},
		{post, "/inbreng/:id/cluster", clusters, people.Update, "signalCluster", s.signalCluster},
		{post, "/inbreng/:id/verder", objects("comp.quoteconsent"), people.Create, "furtherAsk", s.furtherAsk},
		{post, "/inbreng/:id/verder/antwoord", objects("comp.quoteconsent"), people.Act, "furtherAnswer", s.furtherAnswer},
	}
}
