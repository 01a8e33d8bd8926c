// Package meetings is the consultation: meetings of the network and of the
// bodies it speaks to, their agendas, minutes and outcomes. What stands on an
// agenda is named by kind and id; contributions and clusters are kept in
// package signals, and what goes to a body in package bundles.
//
// # Glossary
//
// Code is English, screens and addresses are Dutch. One word for one thing:
//
//	signal, contribution  inbreng; never «signaal» or «melding» on a screen
//	bottleneck            knelpunt
//	trend                 trend
//	success factor        succesfactor, on a screen «Succes»
//	idea                  idee
//	draft                 concept; kept on the server, read by its author only
//	support, recognise    «Herken ik ook»; once a person, it can be taken back
//	approach              «Collega's mogen mij hierover benaderen»
//	release (visible)     «Zichtbaar maken», by the chair
//	send back             «Terug bij u»; the reason is for the author
//	flag                  «Iemand herkenbaar?»; hides a text until the chair decides
//	remove                verwijderen: the text is gone for good, a mark stays
//	incident              that a text was removed, without the text
//	cluster               cluster: contributions under one heading, untouched
//	further               «Mag dit verder dan u koos?»
//	stage, status         how far a contribution is on its way
//	outcome (of signals)  uitkomst: solved or not; apart from status
//	bundle                bundel
//	point                 bundelpunt
//	freeze                vaststellen
//	answer                antwoord van een orgaan
//	reaction              reactie van een lid
//	edition               uitgave van de terugkoppeling
//	feedback              terugkoppeling
//	effect                «Merkt u in uw werk dat dit beter gaat?»
//	item                  agendapunt
//	topic                 what is discussed: an item, contribution, article or question; no word on a screen
//	message               reactie, in a discussion («Reacties»)
//	reaction (to one)     «Eens», «Vraag»
//	mention               noemen
//	question              vraag (to colleagues, tab «Vragen»)
//	invitation (to item)  uitnodiging bij een agendapunt: SOM and Task Force
//	origin                the message that something was made from, «Uit een reactie»
//	floor                 leiding van een overleg: wat aan de orde is, wie spreekt
//	at hand               aan de orde, «nu»
//	turn                  beurt; waiting wachtenden, speaking «spreekt nu»
//	point of order        punt van orde: a hand that goes before the list
//	poll                  peiling
//	minutes               verslag
//	outcome (of an item)  besluit, actie, informatie
//	members               zorgcoördinatoren, hun plaatsvervangers en de voorzitter
//	coordinator           zorgcoördinator
//	deputy                plaatsvervanger (of a coordinator)
//	body                  orgaan: SOM, Task Force, ministerie of ander orgaan
//	region                regio
//	area                  gebied: an entry of the directory
//	notice                bericht
//	dossier               onderwerp
//	release (of counts)   vrijgegeven telling
package meetings
