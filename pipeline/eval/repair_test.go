package main

import "testing"

func TestPlainForm(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"the “soup” of the cook’s day", `the "soup" of the cook's day`},
		{"a\u00a0 b\r\nc\u2028d\n", "a b c d"},
		{"ﬁsh &amp; ﬂour", "fish & flour"},
		{"Ｍｉｌｌ，２０", "Mill,20"},
		{"\x1b[36;1mblue\x1b[0m sky", "blue sky"},
		{"cut off \x1b[36", "cut off"},
		{"soft\u00adly\u200b\ufeff \u0081gone", "softly gone"},
		{"ŉ koek", "'n koek"},
		{"naïve — yes", "naïve — yes"},
	} {
		if got := plainForm(test.in); got != test.want {
			t.Errorf("%q: got %q, want %q", test.in, got, test.want)
		}
	}
}
