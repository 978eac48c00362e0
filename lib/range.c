#include <stdlib.h>
#include <string.h>
#include <git2.h>
#include "ask-git.h"
#include "range.h"
#include "shallow.h"

struct range {
	git_repository *repo;
	const struct range_options *options;
	git_revwalk *walk;
	struct shallow_walk *shallow;	/* walks instead, if history is cut */
	GArray *tips;		/* struct tip: what is included */
	git_oid tip;		/* the first of them that was named */
	GArray *hidden;		/* git_oid: what is left out with all before */
	git_oid excluded;	/* the first revision that is excluded */
	gboolean has_excluded;
	git_oid last;		/* the last commit given */
	git_oid bottom;		/* its parent, once it is known */
	gboolean has_bottom;
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

/* A commit to start from. */
struct tip {
	git_oid oid;
	gint64 time;
};

static int include(struct range *range, const git_oid *oid)
{
	struct tip tip = { .oid = *oid };
	git_commit *commit;
	int ret = git_commit_lookup(&commit, range->repo, oid);

	if (ret)
		return ret;
	tip.time = git_commit_time(commit);
	git_commit_free(commit);
	g_array_append_val(range->tips, tip);
	return 0;
}

static int compare_tips(const void *a, const void *b)
{
	const struct tip *x = a, *y = b;

	return x->time < y->time ? 1 : x->time > y->time ? -1 : 0;
}

/*
 * Start the walk.  libgit2 sorts what it finds by time as git does, but not
 * what it starts from.
 */
static int push_tips(struct range *range)
{
	guint i;
	int ret = 0;

	range->tip = g_array_index(range->tips, struct tip, 0).oid;
	/* ... which is also the lower end while no commit is given. */
	range->bottom = range->tip;
	range->has_bottom = TRUE;
	g_array_sort(range->tips, compare_tips);
	for (i = 0; !ret && i < range->tips->len; i++) {
		const git_oid *oid =
			&g_array_index(range->tips, struct tip, i).oid;

		ret = range->shallow ? shallow_walk_push(range->shallow, oid) :
		      git_revwalk_push(range->walk, oid);
	}
	return ret;
}

static int hide(struct range *range, const git_oid *oid)
{
	g_array_append_vals(range->hidden, oid, 1);
	return range->shallow ? shallow_walk_hide(range->shallow, oid) :
	       git_revwalk_hide(range->walk, oid);
}

static int exclude(struct range *range, const git_oid *oid)
{
	if (!range->has_excluded) {
		range->excluded = *oid;
		range->has_excluded = TRUE;
	}
	return hide(range, oid);
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
 * Go n commits back, from parent to first parent.  The commits are read raw
 * ("tree <id>\nparent <id>\n..."), for so libgit2 keeps them for the walk.
 */
static int go_back(struct range *range, git_oid *oid, unsigned long n)
{
	git_odb *odb = NULL;
	int ret = git_repository_odb(&odb, range->repo);

	for (; !ret && n; n--) {
		const size_t at = 5 + GIT_OID_HEXSZ + 1;
		git_odb_object *object;
		const char *text;

		ret = git_odb_read(&object, odb, oid);
		if (ret)
			break;
		text = git_odb_object_data(object);
		if (git_odb_object_type(object) != GIT_OBJECT_COMMIT ||
		    git_odb_object_size(object) < at + 7 + GIT_OID_HEXSZ ||
		    memcmp(text + at, "parent ", 7) ||
		    git_oid_fromstr(oid, text + at + 7))
			ret = GIT_ENOTFOUND;
		git_odb_object_free(object);
	}
	git_odb_free(odb);
	return ret;
}

/*
 * The commit that a revision names; returns 1 if libgit2 does not know it.
 * "A~10000" is gone back to here.
 */
static int resolve(struct range *range, git_oid *out, const char *revision,
		   char **err)
{
	const char *tilde = strrchr(revision, '~');
	g_autofree char *base = tilde ? g_strndup(revision, tilde - revision) :
				NULL;
	git_object *object = NULL;
	guint64 n = 0;

	if (!tilde || range->shallow ||
	    !g_ascii_string_to_unsigned(tilde + 1, 10, 0, G_MAXINT, &n, NULL))
		g_clear_pointer(&base, g_free);
	if (git_revparse_single(&object, range->repo, base ? base : revision))
		return 1;
	if (peel(out, object))
		return fail(err, "'%s' is not a commit", revision);
	return base && go_back(range, out, n) ? 1 : 0;
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
			ret = hide(range, &base);
	}
	return ret;
}

/* Two commits; returns 1 if libgit2 does not know what it is. */
static int add_range(struct range *range, const char *revision, char **err)
{
	const char *dots = strstr(revision, "..");
	gboolean symmetric = dots[2] == '.';
	g_autofree char *left = g_strndup(revision, dots - revision);
	const char *right = dots + (symmetric ? 3 : 2);
	git_oid from, to;
	int ret;

	/* As git: where these are none, it may be "HEAD^{/a..b}". */
	ret = resolve(range, &from, *left ? left : "HEAD", err);
	if (!ret)
		ret = resolve(range, &to, *right ? right : "HEAD", err);
	if (ret)
		return ret;
	ret = include(range, &to);
	if (!ret && symmetric) {
		ret = include(range, &from);
		if (!ret)
			ret = exclude_common(range, &from, &to);
		range->excluded = from;
		range->has_excluded = TRUE;
	} else if (!ret) {
		ret = exclude(range, &from);
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
	if (hide ? exclude(range, &oid) : include(range, &oid))
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
	range->tips = g_array_new(FALSE, FALSE, sizeof(struct tip));
	range->hidden = g_array_new(FALSE, FALSE, sizeof(git_oid));
	if (git_revwalk_new(&range->walk, repo)) {
		fail(err, "cannot walk this repository: %s",
		     git_error_last()->message);
		goto failed;
	}
	if (git_repository_is_shallow(repo) == 1 &&
	    shallow_walk_new(&range->shallow, repo, err) < 0)
		goto failed;
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
	if (push_tips(range)) {
		fail(err, "cannot walk this repository: %s",
		     git_error_last()->message);
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
	git_revwalk_free(range->walk);
	shallow_walk_free(range->shallow);
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
	git_commit *commit;
	gint64 when;
	int ret;

	if (!range_has_dates(range))
		return 1;
	ret = git_commit_lookup(&commit, range->repo, oid);
	if (ret)
		return ret;
	when = git_commit_time(commit);
	git_commit_free(commit);
	return when >= range->options->since && when <= range->options->until;
}

/* It is only asked for where it can be the lower end. */
static void set_bottom(struct range *range, const git_oid *last)
{
	git_commit *commit;

	range->has_bottom = FALSE;
	if ((range->shallow && shallow_is_cut(range->shallow, last)) ||
	    git_commit_lookup(&commit, range->repo, last))
		return;
	range->has_bottom = git_commit_parentcount(commit) > 0;
	if (range->has_bottom)
		range->bottom = *git_commit_parent_id(commit, 0);
	git_commit_free(commit);
}

int range_next(struct range *range, struct git_oid *oid, char **err)
{
	int ret;

	for (;;) {
		ret = range->shallow ? shallow_walk_next(range->shallow, oid) :
		      git_revwalk_next(oid, range->walk);
		if (!ret && range->options->max_count >= 0 &&
		    range->given >= range->options->max_count) {
			range->cut = TRUE;
			ret = GIT_ITEROVER;
		}
		if (ret == GIT_ITEROVER) {
			if (range->cut && range->given)
				set_bottom(range, &range->last);
			return 0;
		}
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
		add_id(arguments, "",
		       &g_array_index(range->tips, struct tip, i).oid);
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

const struct git_oid *range_excluded(const struct range *range)
{
	return range->has_excluded ? &range->excluded : NULL;
}
