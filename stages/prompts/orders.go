package prompts

import "strings"

// An order is a way to speak to a language model: one of some heads, then words.
type order struct {
	heads []string // in small letters, of stride+3 bytes at least
	steps []step
}

// A step is a set of words, of which one must follow or, with many, any number up
// to mostWords. The word "." is the end of a phrase.
type step struct {
	words []string
	many  bool
}

// ordered makes an order of heads and steps that are lists with | between words;
// * before a step stands for many.
func ordered(heads string, steps ...string) order {
	o := order{heads: strings.Split(heads, "|")}
	for _, s := range steps {
		list, many := strings.CutPrefix(s, "*")
		o.steps = append(o.steps, step{strings.Split(list, "|"), many})
	}
	return o
}

// Words that come again and again.
const (
	earlier = "previous|prior|above|preceding|earlier|foregoing|system"
	inside  = "*system|initial|original|hidden|secret|full|entire|exact|internal|developer"
	machine = "ai|llm|llms|chatgpt|chatbot|chatbots"
	you     = "you are|you're|you’re"
	article = "*now|no|longer|a|an|the|my|just|only|very|large|new|advanced"
)

// orders are what is looked for. A word of a step with * does not stand in the
// next step, too, because no word is taken back. What people say to people, such
// as "ignore the rules" or "you are now leaving", must not fit.
var orders = []order{
	// Away with what it was told before.
	ordered("ignore|disregard|override|forget|bypass|do not follow|don't follow|don’t follow|stop following",
		"*all|any|every|of|the|these|those|my|your|other", earlier, "*and|or|user|developer|given|safety",
		"instruction|instructions|prompt|prompts|directive|directives|directions|programming"),
	ordered("ignore|disregard|bypass", "all|any|your", "*other|of|the|safety|further|existing|original|initial|current", "instructions|prompts|programming"),
	ordered("ignore|disregard|forget", "*everything|anything|all|of|the|written|said", "above", "instructions|directions|prompt|text|and|."),
	ordered("ignore|disregard|forget", "the", "text", "above"),

	// What it shall be instead.
	ordered(you, article, machine),
	ordered(you, article, "language", "model|models"),
	ordered(you, article, "helpful|unfiltered|uncensored|unrestricted|jailbroken|obedient", "*and|harmless|honest|digital|virtual|ai", "assistant|bot|chatbot|model"),
	ordered(you, "now", "dan|jailbroken|unrestricted|unfiltered|uncensored"),
	ordered(you, "now", "in|entering", "*a|the|full", "developer|debug|dan|god|admin|sudo|jailbreak|unrestricted", "mode"),
	ordered("pretend|act as", "*if|that|to|be|you|are|re|were|a|an|unrestricted|unfiltered|uncensored|evil|large", machine),
	ordered("from now on", "you", "*will|must|shall|should|are|to|only", "act|answer|respond|reply|ignore|roleplay", "as|only|in|with|like|all|every"),

	// What it was told in secret.
	ordered("system prompt"),
	ordered("reveal your|repeat your|output your|display your|print your|show me your|tell me your|give me your", inside, "prompt", "and|verbatim|word|."),
	ordered("reveal your|repeat your|output your|print your", inside, "instructions"),

	// Who is meant.
	ordered("if you are|if you're|if you’re", "a|an|the", "*large|generative", machine+"|language",
		"model|assistant|agent|bot|reading|processing|summarizing|summarising|reviewing|."),
	ordered("attention|note to|message to|instructions for|instructions to", "*all|any|the|every|large", machine+"|language",
		"model|models|assistant|assistants|agents|bots|."),

	// Marks that models are trained to take for the borders between speakers.
	{heads: []string{
		"<|im_start|>", "<|im_end|>", "<|system|>", "<|user|>", "<|assistant|>", "<|endoftext|>", "<|begin_of_text|>", "<|start_header_id|>", "<|eot_id|>",
		"<start_of_turn>", "<end_of_turn>", "[inst]", "[/inst]", "<<sys>>", "<</sys>>",
		"### instruction", "### response:", "### system", "### assistant:", "### human:",
	}},
}
