#include <string.h>
#include <git2.h>
#include "ask-git.h"
#include "range.h"
#include "walk.h"

struct range {
	git_repository *repo;
	const struct range_options *options;
	struct walk *walk;
	GArray *tips;		/* git_oid: what is included */
	git_oid tip;		/* the first of them that was named */
	GArray *hidden;		/* git_oid: what is left out with all before */
	git_oid excluded;	/* the first revision that is excluded */
	gboolean has_excluded;
	gboolean symmetric;
	git_oid last;		/* the last commit given */
	git_oid bottom;		/* its parent, once it is known */
	gboolean has_bottom;
	gboolean may_be_late;	/* the walk may be left to find the lower end */
	unsigned long late;	/* the lower end is so far from the tip; 0: it
				   is known */
	long given;
	gboolean cut;		/* an option left commits out */
};

static int fail(char **err, const char *format, const char *revision)
{
	*err = g_strdup_printf(format, revision);
	git_error_clear();
	return -1;
}

static int bad_revision(char **err, const char *revision)
{
	return fail(err, "bad revision '%s'; give a range like A..B, where A "
		    "and B are commits of this repository", revision);
}

static int include(struct range *range, const git_oid *oid)
{
	if (!range->tips->len) {
		range->tip = *oid;
		/* ... which is also the lower end while no commit is given. */
		range->bottom = *oid;
		range->has_bottom = TRUE;
	}
	g_array_append_vals(range->tips, oid, 1);
	return walk_push(range->walk, oid);
}

static void hide(struct range *range, const git_oid *oid)
{
	g_array_append_vals(range->hidden, oid, 1);
	walk_hide(range->walk, oid);
}

static void exclude(struct range *range, const git_oid *oid)
{
	if (!range->has_excluded) {
		range->excluded = *oid;
		range->has_excluded = TRUE;
	}
	hide(range, oid);
}

/* The id of the commit that object, which is freed, names. */
static int peel(git_oid *out, git_object *object)
{
	git_object *commit = NULL;
	int ret = git_object_peel(&commit, object, GIT_OBJECT_COMMIT);

	if (!ret)
		*out = *git_object_id(commit);
	git_object_free(commit);
	git_object_free(object);
	return ret;
}

/*
 * "A~10000" -> "A", which the caller frees, and 10000; NULL if it is not so.
 * Many commits are faster gone back by our walk, which meets them again.
 */
static char *split_ancestor(const char *revision, unsigned long *n)
{
	const char *tilde = strrchr(revision, '~');
	guint64 number;

	if (!tilde || tilde == revision || g_str_has_prefix(revision, ":/") ||
	    !g_ascii_string_to_unsigned(tilde + 1, 10, 1, G_MAXINT, &number,
					NULL))
		return NULL;
	*n = number;
	return g_strndup(revision, tilde - revision);
}

/* The commit that a revision names; returns 1 if libgit2 does not know it. */
static int resolve(struct range *range, git_oid *out, const char *revision,
		   char **err)
{
	unsigned long n = 0;
	g_autofree char *base = split_ancestor(revision, &n);
	git_object *object = NULL;

	if (git_revparse_single(&object, range->repo, base ? base : revision))
		return 1;
	if (peel(out, object))
		return fail(err, "'%s' is not a commit", revision);
	return walk_back(range->walk, out, n) ? 1 : 0;
}

/*
 * "A...B": what either has and not both.  git tells, for libgit2 gives up where
 * one commit of the history is broken.
 */
static int exclude_common(struct range *range, const git_oid *a,
			  const git_oid *b)
{
	g_autofree char *a_id = g_strdup(git_oid_tostr_s(a));
	g_autofree char *bases = ask_git(range->repo, "merge-base", "--all",
					 a_id, git_oid_tostr_s(b), NULL);
	char *line, *rest = bases;
	git_oid base;
	int ret = 0;

	while (!ret && (line = strsep(&rest, "\n"))) {
		ret = git_oid_fromstr(&base, line);
		if (!ret)
			hide(range, &base);
	}
	return ret;
}

/*
 * "A~10000..A", as the only revision: the lower end is met by the walk, which
 * so can begin at once.  Returns 1 if it is not so.
 */
static int add_newest(struct range *range, const char *left, const char *right,
		      char **err)
{
	unsigned long n;
	g_autofree char *base = split_ancestor(left, &n);
	git_oid to;
	int ret;

	if (!base || strcmp(base, right) || !range->may_be_late)
		return 1;
	ret = resolve(range, &to, base, err);
	if (ret)
		return ret;
	if (include(range, &to))
		return fail(err, "cannot walk '%s'", base);
	range->late = n;
	return 0;
}

/* Two commits; returns 1 if libgit2 does not know what it is. */
static int add_range(struct range *range, const char *revision, char **err)
{
	const char *dots = strstr(revision, "..");
	gboolean symmetric = dots[2] == '.';
	g_autofree char *left = dots == revision ? g_strdup("HEAD") :
				g_strndup(revision, dots - revision);
	const char *right = dots + (symmetric ? 3 : 2);
	git_oid from, to;
	int ret;

	/* As git: where these are none, it may be "HEAD^{/a..b}". */
	if (!*right)
		right = "HEAD";
	ret = symmetric ? 1 : add_newest(range, left, right, err);
	if (ret <= 0)
		return ret;
	ret = resolve(range, &from, left, err);
	if (!ret)
		ret = resolve(range, &to, right, err);
	if (ret)
		return ret;
	/* As git, the left one first, should they be of one second. */
	ret = symmetric ? include(range, &from) : 0;
	if (!ret)
		ret = include(range, &to);
	if (!ret && symmetric) {
		ret = exclude_common(range, &from, &to);
		range->tip = range->bottom = to;
		range->symmetric = TRUE;
		range->excluded = from;
		range->has_excluded = TRUE;
	} else if (!ret) {
		exclude(range, &from);
	}
	return ret ? fail(err, "cannot walk '%s'", revision) : 0;
}

/* One commit, or "^" and one; returns 1 if libgit2 does not know it. */
static int add_commit(struct range *range, const char *revision, char **err)
{
	gboolean hide = *revision == '^';
	git_oid oid;
	int ret = resolve(range, &oid, revision + hide, err);

	if (ret)
		return ret;
	if (hide)
		exclude(range, &oid);
	else if (include(range, &oid))
		return fail(err, "cannot walk '%s'", revision);
	return 0;
}

/* What git makes of it: "HEAD^!", "@~3..", ":/text", "HEAD^{/a..b}". */
static int add_by_git(struct range *range, const char *revision, char **err)
{
	g_autofree char *answer = ask_git(range->repo, "rev-parse",
					  "--revs-only", "--end-of-options",
					  revision, NULL);
	char *line, *rest = answer;

	if (!answer || !*answer)
		return bad_revision(err, revision);
	while ((line = strsep(&rest, "\n")))
		if (add_commit(range, line, err))
			return *err ? -1 : bad_revision(err, revision);
	return 0;
}

static int add_revision(struct range *range, const char *revision, char **err)
{
	int ret = strstr(revision, "..") ? add_range(range, revision, err) :
		  add_commit(range, revision, err);

	return ret > 0 ? add_by_git(range, revision, err) : ret;
}

static int add_head(struct range *range, char **err)
{
	git_oid oid;

	if (git_repository_head_unborn(range->repo) == 1) {
		*err = g_strdup("this repository has no commits yet");
		return -1;
	}
	if (git_reference_name_to_id(&oid, range->repo, "HEAD") ||
	    include(range, &oid))
		return bad_revision(err, "HEAD");
	return 0;
}

int range_open(struct range **out, struct git_repository *repo,
	       const struct range_options *options, char **err)
{
	struct range *range = g_new0(struct range, 1);
	guint i;

	range->repo = repo;
	range->options = options;
	range->tips = g_array_new(FALSE, FALSE, sizeof(git_oid));
	range->hidden = g_array_new(FALSE, FALSE, sizeof(git_oid));
	if (walk_new(&range->walk, repo, err) < 0)
		goto failed;
	/* It must be come to, or nobody would say that there is none. */
	range->may_be_late = options->revisions->len == 1 &&
			     options->max_count < 0 &&
			     !walk_is_shallow(range->walk);
	for (i = 0; i < options->revisions->len; i++)
		if (add_revision(range, options->revisions->pdata[i], err) < 0)
			goto failed;
	if (!options->revisions->len && add_head(range, err) < 0)
		goto failed;
	if (!range->tips->len) {
		*err = g_strdup("the range only leaves commits out; name one "
				"to start from, too, like HEAD");
		goto failed;
	}
	*out = range;
	return 0;
failed:
	range_free(range);
	return -1;
}

void range_free(struct range *range)
{
	if (!range)
		return;
	walk_free(range->walk);
	g_array_unref(range->tips);
	g_array_unref(range->hidden);
	g_free(range);
}

gboolean range_has_dates(const struct range *range)
{
	return range->options->since != G_MININT64 ||
	       range->options->until != G_MAXINT64;
}

/* Returns 1 if the dates let a commit pass, 0 if not, or a negative error. */
static int in_time(const struct range *range, const git_oid *oid)
{
	gint64 when;
	int ret;

	if (!range_has_dates(range))
		return 1;
	ret = walk_time(range->walk, oid, &when);
	return ret ? ret : when >= range->options->since &&
			   when <= range->options->until;
}

/* Where an option cut history: the parent of the last commit, if it has one. */
static void set_bottom(struct range *range)
{
	range->bottom = range->last;
	range->has_bottom = !walk_back(range->walk, &range->bottom, 1);
	git_error_clear();
}

int range_settle(struct range *range, char **err)
{
	git_oid oid = range->tip;

	if (!range->late)
		return 0;
	if (walk_back(range->walk, &oid, range->late))
		return bad_revision(err, range->options->revisions->pdata[0]);
	exclude(range, &oid);
	range->late = 0;
	return 0;
}

int range_next(struct range *range, struct git_oid *oid, char **err)
{
	int ret;

	if (range->late && !range->given)
		walk_hide_ancestor(range->walk, range->late);
	for (;;) {
		ret = walk_next(range->walk, oid);
		if (!ret && range->options->max_count >= 0 &&
		    range->given >= range->options->max_count) {
			range->cut = TRUE;
			ret = GIT_ITEROVER;
		}
		if (ret == GIT_ITEROVER) {
			if (range->cut && range->given)
				set_bottom(range);
			if (walk_ancestor(range->walk))
				exclude(range, walk_ancestor(range->walk));
			return 0;
		}
		if (ret == GIT_EINVALIDSPEC)
			return bad_revision(err,
					range->options->revisions->pdata[0]);
		if (!ret)
			ret = in_time(range, oid);
		if (ret < 0)
			return fail(err, "cannot read history: %s",
				    git_error_last()->message);
		if (ret)
			break;
		range->cut = TRUE;
	}
	range->given++;
	range->last = *oid;
	return 1;
}

static void add_id(GPtrArray *arguments, const char *prefix, const git_oid *oid)
{
	g_ptr_array_add(arguments, g_strconcat(prefix, git_oid_tostr_s(oid),
					       NULL));
}

static void add_age(GPtrArray *arguments, const char *option, gint64 time)
{
	g_ptr_array_add(arguments, g_strdup_printf("%s=%" G_GINT64_FORMAT,
						   option, time));
}

void range_add_arguments(const struct range *range, GPtrArray *arguments)
{
	guint i;

	for (i = 0; i < range->tips->len; i++)
		add_id(arguments, "", &g_array_index(range->tips, git_oid, i));
	if (range->late)
		g_ptr_array_add(arguments, g_strdup_printf("^%s~%lu",
				git_oid_tostr_s(&range->tip), range->late));
	for (i = 0; i < range->hidden->len; i++)
		add_id(arguments, "^", &g_array_index(range->hidden, git_oid, i));
	if (range->options->since != G_MININT64)
		add_age(arguments, "--max-age", range->options->since);
	if (range->options->until != G_MAXINT64)
		add_age(arguments, "--min-age", range->options->until);
}

void range_set_cut(struct range *range, const struct git_oid *bottom)
{
	range->cut = TRUE;
	range->has_bottom = bottom != NULL;
	if (bottom)
		range->bottom = *bottom;
}

const struct git_oid *range_tip(const struct range *range)
{
	return &range->tip;
}

const struct git_oid *range_bottom(const struct range *range)
{
	if (range->cut)
		return range->has_bottom ? &range->bottom : NULL;
	return range_excluded(range);
}

gboolean range_is_cut(const struct range *range)
{
	return range->cut;
}

gboolean range_is_symmetric(const struct range *range)
{
	return range->symmetric;
}

const GArray *range_tips(const struct range *range)
{
	return range->tips;
}

const struct git_oid *range_excluded(const struct range *range)
{
	return range->has_excluded ? &range->excluded : NULL;
}
