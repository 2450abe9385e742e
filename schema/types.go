package schema

// A typeTable holds the texts that typed takes numbers of, and what the column's
// dictionary numbers them, so that a text which comes again is looked up once.
type typeTable struct {
	texts  []string
	known  []int32 // for each of texts, its number in the dictionary, or unknown
	direct int     // values that typed put into column.i32 since the last encode
}

// unknown stands for the number of a text that is not in the dictionary, or was
// not found at once.
const unknown = -1

// types sets the texts that typed takes numbers of, until forget. It takes less
// time for those that lie in whole.
func (c *column) types(whole string, texts []string) {
	c.texts, c.known = texts, c.known[:0]
	var words [lookAhead]word
	for len(texts) > 0 {
		n := min(len(texts), lookAhead)
		for i, s := range texts[:n] {
			if at, ok := offsetIn(whole, s); ok && len(s) <= maxWord && len(whole)-at >= wordSize {
				words[i] = wordAt(whole[at:], len(s))
			} else {
				words[i] = wordOf(s)
			}
		}
		c.known = c.dict.appendKnown(c.known, words[:n])
		texts = texts[n:]
	}
}

// typed adds the texts with these numbers.
func (c *column) typed(list []int32) {
	numbers := c.i32
	for _, t := range list {
		n := c.known[t]
		if n == unknown {
			n = c.learn(t)
		}
		numbers = append(numbers, n)
	}
	c.i32 = numbers
	c.direct += len(list)
}

// learn returns what the dictionary numbers text t, which may be new to it.
func (c *column) learn(t int32) int32 {
	s := c.texts[t]
	var long []byte
	if len(s) > maxWord {
		long = bytesOf(s)
	}
	c.dict.reserve(1)
	c.known[t] = c.dict.text(wordOf(s), long)
	return c.known[t]
}
