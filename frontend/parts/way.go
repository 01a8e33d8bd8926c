package parts

import "strings"

// wayClass says how a stop is drawn, from the stop itself and the next one.
func wayClass(stops []WayStop, i int) string {
	stop := stops[i]
	var classes []string
	if stop.Back {
		classes = append(classes, "is-back")
	}
	if stop.Open {
		classes = append(classes, "is-open")
	}
	if i+1 < len(stops) {
		next := stops[i+1]
		if next.Back && !stop.Back {
			classes = append(classes, "is-turn")
		}
		if stop.Back && !next.Back { // it goes out once more
			classes = append(classes, "is-return")
		}
		if next.Open {
			classes = append(classes, "is-before-open")
		}
	}
	return strings.Join(classes, " ")
}
