// Package knowledge is the knowledge base: articles with their sources, what is
// not certain in them, until when they hold, who looks after them, and how a
// text becomes what people read.
//
// Readers see the approved text. Whoever changes an article works in a draft; a
// second person approves it. The articles that the product ships with are
// readable from the first start and carry «Nog niet gecontroleerd» until two
// accounts with the role of chair approved them; a newer shipped text becomes a
// draft, and never overwrites. A text is rendered when it is approved and when
// something that it links to changes, and never when it is read.
//
// Everything here goes by the real clock, because laws do: in the demo too. Only
// notices carry the consultation's time, as all notices do.
//
// Kinds of document:
//
//	article           id = slug; the text that readers see, ready to show.
//	                  Keys: shelf, title (lists), links (slugs it points at, several),
//	                  changed (instant), due (day of the next check), todo (events)
//	article_revision  id = slug/0001; a text that was approved once.
//	                  Keys: article, number
//	article_draft     id is random; a text that is being written. Keys: who
//	                  (author and editors, several), offered, article, saved
//
// It may import people, store (the port) and internal/….
package knowledge
