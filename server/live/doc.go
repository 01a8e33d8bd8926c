// Package live carries numbered changes to browsers over WebSockets.
//
// The hub knows topics, numbers and audiences, and nothing of what is talked
// about. Nothing comes up through a socket but the wish to follow a topic: what
// people write is posted, stored and numbered before the hub hears of it. The
// log of a topic is therefore the truth and the hub a messenger: it reads what is
// new once for all sockets, hands number n+1 to a socket only after n, looks by
// itself for what another instance stored, and cuts off a socket that does not
// keep up, which asks for what it missed when it returns.
//
// A change is rendered once for each audience, whatever the number of sockets.
// Who may follow is asked when a socket follows a topic, again every few
// seconds, and at once where [Hub.Recheck] says so. A right that was not asked
// for longer than that counts no more: the socket is told to ask anew.
//
// The hub stores nothing. It may import the standard library and
// gorilla/websocket.
package live

// Requests, from the browser:
//
//	{"follow": "item:…", "after": 417}   tell me of topic, after number 417
//	{"leave": "item:…"}
//
// Frames, to the browser:
//
//	{"topic": "item:…", "n": 418, "change": …}   change 418 of the topic
//	{"topic": "item:…", "upto": 418}             there is no more than this now
//	{"topic": "item:…", "here": …}               who is there; has no number
//	{"topic": "item:…", "gone": true}            may not be followed (any more)
//	{"topic": "item:…", "again": true}           ask again: you are somebody else to it now
//	{"beat": 1}                                  where nothing else came for two Beats the line is dead
type request struct {
	Follow string `json:"follow"`
	After  int64  `json:"after"`
	Leave  string `json:"leave"`
}

type envelope struct {
	Topic  string `json:"topic,omitempty"`
	N      int64  `json:"n,omitempty"`
	Change any    `json:"change,omitempty"`
	Upto   *int64 `json:"upto,omitempty"`
	Here   any    `json:"here,omitempty"`
	Gone   bool   `json:"gone,omitempty"`
	Again  bool   `json:"again,omitempty"`
	Beat   int    `json:"beat,omitempty"`
}

// Close codes that the browser understands beside those of RFC 6455.
const (
	SignedOut = 4001 // the session ended: do not return
	TooSlow   = 4008 // return, and ask for what you missed
)
