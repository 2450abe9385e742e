package comments

import (
	"testing"

	"pressrow/stages"
)

const lead = "\n\nThe council of Harrow Falls voted on Tuesday to keep the river bridge open for another year, although two of its piers need work.\n"

func TestFacts(t *testing.T) {
	for _, test := range []struct{ text, byline, dateline, published, outlet, url string }{
		{text: "Bridge stays open\n\nBy Dana Whitcombe" + lead, byline: "Dana Whitcombe"},
		{text: "Bridge stays open\n\nBY DANA WHITCOMBE, HARBOR DAILY" + lead, byline: "DANA WHITCOMBE"},
		{text: "Bridge stays open\nBy Dana Whitcombe and Omar Field | March 3, 2019 | 4:15 pm" + lead, byline: "Dana Whitcombe and Omar Field", published: "2019-03-03"},
		{text: "Bridge stays open\nPosted by Dana Whitcombe on Sept. 4, 2012" + lead, byline: "Dana Whitcombe", published: "2012-09-04"},
		{text: "Bridge stays open\n\nNovember 8, 2019" + lead, published: "2019-11-08"},
		{text: "Bridge stays open\n\nPublished: 8 Nov 2019, 17:08 GMT" + lead, published: "2019-11-08"},
		{text: "Bridge stays open\n\n2019-11-08" + lead, published: "2019-11-08"},
		{text: "Bridge stays open\n\nUpdated 11/09/2019 at 1:33 p.m. ET" + lead, published: "2019-11-09"},
		{text: "Bridge stays open\n\nUpdated November 9, 2019\nPublished November 8, 2019" + lead, published: "2019-11-08"},
		{text: "Bridge stays open\n\nUpdated November 9, 2019 | Published November 8, 2019" + lead, published: "2019-11-08"},
		{text: "Bridge stays open\n\nPublished November 8, 2019 | Updated November 9, 2019" + lead, published: "2019-11-08"},
		{text: "Bridge stays open\nTwo of its piers need work all the same.\nBy Dana Whitcombe\nNovember 8, 2019" + lead, byline: "Dana Whitcombe", published: "2019-11-08"},
		{text: "Bridge stays open\nDana Whitcombe, Staff Writer" + lead, byline: "Dana Whitcombe"},
		{text: "Bridge stays open\nDana Whitcombe and Omar Field\nHarbor Daily" + lead, byline: "Dana Whitcombe and Omar Field", outlet: "Harbor Daily"},
		{text: "Opinion\n\nBridge stays open\n\nDana Whitcombe" + lead, byline: "Dana Whitcombe"},
		{text: "# Bridge stays open\n\n*By Dana Whitcombe*" + lead, byline: "Dana Whitcombe"},
		{text: "---\ntitle: Bridge stays open\nauthor: Dana Whitcombe\ndate: 2019-11-08\n---" + lead, byline: "Dana Whitcombe", published: "2019-11-08"},
		{text: "Bridge stays open\n\nELM SOUND, Tamsin (Meridian Press) — The bridge stays open for another year, said the council.", dateline: "ELM SOUND, Tamsin", outlet: "Meridian Press"},
		{text: "Bridge stays open\n\nELM SOUND (AP) — The bridge stays open for another year, said the council.\n\n© 2019 Harbor Daily. All rights reserved.", dateline: "ELM SOUND", outlet: "Harbor Daily"},
		{text: "Bridge stays open" + lead + "\nCopyright Meridian Press. All rights reserved.", outlet: "Meridian Press"},
		{text: "Bridge stays open" + lead + "\n© 2018-2019 The Harbor Daily", outlet: "The Harbor Daily"},
		{text: "Bridge stays open" + lead + "\nAll rights reserved."},
		{text: "Bridge stays open\n\nFebruary 30, 2019" + lead},
		{text: "Bridge stays open\n\nNovember 8" + lead},
		{text: "Bridge stays open\n\nTuesday" + lead},
		{text: "Bridge stays open\n\n3 hours ago" + lead},
		{text: "Bridge stays open\n\nMOBILE, Ala. — The bridge stays open for another year, said the council on Tuesday night.", dateline: "MOBILE, Ala."},
		{text: "Bridge stays open\n\nWASHINGTON (Reuters) - The bridge stays open for another year, said the council on Tuesday night.", dateline: "WASHINGTON", outlet: "Reuters"},
		{text: "Bridge stays open\n\nSAN JUAN, Puerto Rico (AP) — The bridge stays open for another year, said the council.", dateline: "SAN JUAN, Puerto Rico", outlet: "Associated Press"},
		{text: "Bridge stays open\n\nThe bridge — built in 1921 — stays open for another year, said the council on Tuesday night."},
		{text: "Bridge stays open\n\nMcELM, Ala. — The bridge stays open for another year, said the council on Tuesday night.", dateline: "McELM, Ala."},
		{text: "Bridge stays open\n\nUPDATE — The bridge stays open for another year, said the council on Tuesday night in Elm."},
		{text: "Bridge stays open" + lead + "\nPublished with permission of The Harbor Foundation.", outlet: "The Harbor Foundation"},
		{text: "Bridge stays open" + lead + "\nThis article originally appeared in the Harbor Daily.", outlet: "Harbor Daily"},
		{text: "Bridge stays open" + lead + "\nSource: https://www.harbor.example/", outlet: "harbor.example"},
		{text: "Bridge stays open" + lead + "\nSource: https://www.harbor.example/2019/11/08/bridge/", outlet: "harbor.example", url: "https://www.harbor.example/2019/11/08/bridge/", published: "2019-11-08"},
		{text: "Bridge stays open" + lead + "\nCopyright © 2019 The Harbor Daily, LLC.", outlet: "The Harbor Daily"},
		{text: "Bridge stays open" + lead + "\nThis story was originally published Nov. 8, 2019, and has been updated.", published: "2019-11-08"},
		{text: "Bridge stays open\n\nUpdated November 9, 2019" + lead + "\nThis article first appeared on Harbor Wire at 9:01 a.m. on November 8, 2019.", published: "2019-11-08", outlet: "Harbor Wire"},
		{text: "Bridge stays open" + lead + "\nThis article originally appeared in the November 25, 2031, issue of Tide.", outlet: "Tide"},
		{text: "Bridge stays open" + lead + "\nAppeared in the June 3, 2018, print edition as 'The Bridge Stays.'"},
		{text: "Bridge stays open\n\nElm Sound, Tamsin (CNN) The bridge stays open for another year, said the council.", dateline: "Elm Sound, Tamsin", outlet: "CNN"},
		{text: "Bridge stays open\n\n(CNN) The bridge stays open for another year, said the council on Tuesday night in Elm.", outlet: "CNN"},
		{text: "Bridge stays open\n\nELM/PELL, Nov 8 (Reuters) - The bridge stays open for another year, said the council.", dateline: "ELM/PELL", outlet: "Reuters"},
		{text: "Bridge stays open\n\nThe old Harbor Daily (AP) once said the bridge stays open for another year, said the council."},
		{text: "Bridge stays open\nMarlo Birch and Omar Field\nSpecial to the Harbor Daily" + lead, byline: "Marlo Birch and Omar Field"},
		{text: "Bridge stays open\nMarlo Birch\nOpinion columnist\n\nIt shakes." + lead, byline: "Marlo Birch"},
		{text: "Bridge stays open\nMarlo Birch\nHarborwire.com\n\nIt shakes." + lead, byline: "Marlo Birch", outlet: "Harborwire.com"},
		{text: "Bridge stays open\n\nMarlo L. Birch Jr. is a professor of law at the college of Elm. He fishes." + lead, byline: "Marlo L. Birch Jr."},
		{text: "Bridge stays open\n\nMarlo Birch is a reporter at Tide. Ada Quill is its editor." + lead, byline: "Marlo Birch and Ada Quill"},
		{text: "Bridge stays open\nBy Ada Quill\n\nMarlo Birch is an editor at Tide." + lead, byline: "Ada Quill"},
		{text: "Bridge stays open\nFear of Falling\nBy Dana Whitcombe" + lead, byline: "Dana Whitcombe"},
		{text: "Bridge stays open\nDana Whitcombe\nHarbor Daily" + lead, byline: "Dana Whitcombe", outlet: "Harbor Daily"},
	} {
		d := &stages.Document{Text: test.text}
		if err := Mark(d); err != nil {
			t.Fatal(err)
		}
		for _, f := range []struct {
			name string
			got  stages.Fact
			want string
		}{
			{"byline", d.Meta.Byline, test.byline}, {"dateline", d.Meta.Dateline, test.dateline}, {"published", d.Meta.Published, test.published},
			{"outlet", d.Meta.Outlet, test.outlet}, {"url", d.Meta.URL, test.url}, {"title", d.Meta.Title, "Bridge stays open"},
		} {
			if f.got.Value != f.want || f.got.Known() != (f.want != "") {
				t.Errorf("%s: %+v, want %q in\n%s", f.name, f.got, f.want, test.text)
			}
			if s := f.got.Span; s.Len() > 0 && f.name != "published" && f.name != "outlet" && d.Of(s) != f.want {
				t.Errorf("%s: span covers %q", f.name, d.Of(s))
			}
		}
	}
}

// What the record says stands, whatever the text says.
func TestFactsGiven(t *testing.T) {
	d := &stages.Document{Text: "Bridge stays open\n\nBy Dana Whitcombe\nNovember 8, 2019" + lead}
	d.Given.Byline = stages.Fact{Value: "Omar Field", Method: "field"}
	d.Given.Published = stages.Fact{Value: "2019-11-07", Method: "field"}
	if err := Mark(d); err != nil {
		t.Fatal(err)
	}
	if d.Meta.Byline != d.Given.Byline || d.Meta.Published != d.Given.Published {
		t.Errorf("got %+v, %+v", d.Meta.Byline, d.Meta.Published)
	}
}

func TestLanguage(t *testing.T) {
	for _, test := range []struct {
		text, language string
		flagged        int32
	}{
		{"The bridge of the town is open, and it will be open for another year, the council said.", "en", 0},
		{"Die alte Brücke bleibt ein weiteres Jahr offen, obwohl zwei ihrer Pfeiler vor dem Hochwasser repariert werden müssen, wie der Rat am Dienstag nach langer Debatte mit vier zu drei Stimmen beschlossen hat.", "", 1},
		{"Bridge open.", "", 0},
		{"Старый мост останется открытым ещё на один год, хотя две его опоры нуждаются в ремонте до весеннего паводка, решил во вторник вечером городской совет после долгих и трудных споров между депутатами и инженерами города.", "", 1},
	} {
		d := &stages.Document{Text: test.text}
		if err := Mark(d); err != nil {
			t.Fatal(err)
		}
		if d.Meta.Language.Value != test.language || d.Flags[stages.FlagNotEnglish] != test.flagged {
			t.Errorf("%q, flag %d for %s", d.Meta.Language.Value, d.Flags[stages.FlagNotEnglish], test.text)
		}
	}
}
