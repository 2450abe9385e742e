package stages

// Role says what part of the page a Block is.
type Role uint8

// The roles. Roles is the table that says which of them are article text.
const (
	Body Role = iota
	Headline
	Dek
	Crosshead
	List
	Attribution
	Caption
	Note
	Byline
	Dateline
	Comment
	CommentForm
	Credit
	Source
	Promo
	Related
	Share
	Nav
	Legal
	Ad
	Embed
	Separator
	numRoles
)

// Roles is the whole of what pressrow thinks a page consists of. Blocks whose
// role is article text become rows of the sentences table; all others become
// rows of the removed table. Nothing is in neither.
var Roles = [numRoles]struct {
	Name    string
	Article bool
	Doc     string
}{
	Body:        {"body", true, "a paragraph of the article"},
	Headline:    {"headline", true, "the article's title"},
	Dek:         {"dek", true, "the summary line below the headline"},
	Crosshead:   {"crosshead", true, "a heading between paragraphs"},
	List:        {"list", true, "an item of a list in the article"},
	Attribution: {"attribution", true, "a line that introduces a quotation: From NBC:"},
	Caption:     {"caption", true, "the description of a picture"},
	Note:        {"note", true, "a correction, update or editor's note"},
	Byline:      {"byline", false, "who wrote it; kept in documents.byline"},
	Dateline:    {"dateline", false, "a line with the date of publication alone; kept in documents.published"},
	Comment:     {"comment", false, "a reader's comment or its header"},
	CommentForm: {"comment-form", false, "leftovers of a comment form: Please enter your name here"},
	Credit:      {"credit", false, "a permission, photo or contributor line"},
	Source:      {"source", false, "where the article was taken from"},
	Promo:       {"promo", false, "subscription, newsletter, app and donation appeals"},
	Related:     {"related", false, "links to other articles: Read more: ..."},
	Share:       {"share", false, "share buttons and follow lines"},
	Nav:         {"nav", false, "menus, tags, breadcrumbs, section names"},
	Legal:       {"legal", false, "copyright, cookies, terms"},
	Ad:          {"ad", false, "advertisement markers"},
	Embed:       {"embed", false, "the frame of an embedded tweet, video or widget"},
	Separator:   {"separator", false, "* * *, ###, -30-"},
}

// String returns the role's name in the dataset.
func (r Role) String() string { return Roles[r].Name }

// Article reports whether blocks of this role are article text.
func (r Role) Article() bool { return Roles[r].Article }
