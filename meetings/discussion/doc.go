// Package discussion is what people say to each other: about an agenda item, a
// contribution, an article, or a question of their own.
//
// A topic is a row of numbered entries without holes. The number is part of the
// id ("inbreng:…/00000418"): an entry is inserted under the next number, and on
// «exists» the next one is tried. There is no counter, so entry n+1 can only be
// there after n was. A message is an entry that holds the text, and its whole
// state beside: whether it was edited, hidden, taken away. Every change of it is
// one compare-and-set of that document and then an entry without text that
// points at it and says how it stands now. So a text stands in one place, old
// text is kept nowhere, and one that is removed is gone from the moment of the
// compare-and-set. A reaction is an entry by itself. An author's key makes
// sending a message twice one message.
//
// Room makes the messages of a topic out of its entries. Whoever is present
// takes the entries as they come, and who returns asks for those after the last
// one it had: both end with what a fresh reader gets. What an entry shows is
// made once for each Audience. For the SOM and the Task Force people are roles.
//
// Kinds stored:
//   - gesprek: an entry. Keys: topic and number; said, the topic, on messages
//     only; key, of the author; flagged, on messages that wait for the chair;
//     changed, by the real clock, on messages; todo.
//   - gesprek_gelezen: how far an account has read a topic.
//   - presence: who follows a topic through one instance, now. Keys: topic; instance.
//   - vraag: a question to colleagues, without its text, which is the first
//     message of its topic. Keys: list and last; author and last.
//
// It may import meetings/incidents, people, store, and from internal clock, fault, guard, markdown
// and outbox. It knows no other package beside it: who may take part in a topic is
// asked of the Door that it is given.
package discussion
