// Package peers times our stages beside Go libraries that do the same work, on
// the same text, in the same run. It is a module of its own, so that the program
// does not carry the peers.
//
//	go test -run '^$' -bench . -benchmem -cpu 1
//
//	Tokens     pressrow  uax29 (words of Unicode Annex 29)
//	Sentences  pressrow  neurosnap (Punkt, with its English model)
//
// The text is the sample corpus, over and over up to 1 MB of article text. In
// its place, PRESSROW_CORPUS names a JSON lines file, also with .gz, whose field
// text holds articles; its first 20 MB are read. A relative name begins at the
// project's root.
//
// Peers get the article blocks that comments found, one by one: what
// sentences.Split is given. All are warm: models are loaded, and memory that
// can be reused was used before the clock starts. MB/s counts bytes of article
// text; where clean or comments takes part, bytes of the raw documents.
// tokens/s counts our tokens of that text, for peers too, and so says the same
// in other units. A computer with other work to do slows each benchmark by
// another amount. Therefore by-turns gives every document to us, then to the
// peer, in one loop, and x-uax29 says how many times as fast as uax29 we are
// there: 2 is twice as fast. Its MB/s is that of both together.
//
// Whole programs, ours and others', are timed by beside: make bench-peers and
// make bench-growth.
package peers
