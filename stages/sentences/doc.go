// Package sentences splits the article into sentences.
//
//	Mr. Sessions won in the U.S. Senate. “I serve Alabama,” he said.
//	Mr. Sessions won in the U.S. Senate.|“I serve Alabama,” he said.
package sentences
