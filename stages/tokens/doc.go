// Package tokens splits each sentence into words and punctuation, the way the
// Universal Dependencies treebanks of English (EWT, GUM) and before them the
// Penn Treebank do.
//
//	Mr. Sessions can't pay $2.5 million.
//	Mr. | Sessions | ca | n't | pay | $ | 2.5 | million | .
package tokens
