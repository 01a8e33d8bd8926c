package parts

// loopStations are the six places on the loop: four out, two back.
var loopStations = [...]struct{ x, y string }{
	{"5", "7"}, {"20", "7"}, {"35", "7"}, {"50", "7"}, {"32", "21"}, {"10", "21"},
}

// lastOut is the last station of the way out; after it things come back.
const lastOut = 4

func clampStep(step int) int { return min(max(step, 1), len(loopStations)) }

func loopClass(station, step int) string {
	switch {
	case station > clampStep(step):
		return ""
	case station > lastOut:
		return "is-back"
	default:
		return "is-done"
	}
}

func loopRadius(station, step int) string {
	if station == clampStep(step) {
		return "4.5"
	}
	return "2.8"
}
