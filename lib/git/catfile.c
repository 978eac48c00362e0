#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "git/catfile.h"
#include "git/git.h"

struct catfile {
	char *folder;
	struct git_process *git;	/* NULL if it did not start, and after a
					   question that was too much */
	int question;		/* where git reads */
};

static void stop(struct catfile *catfile)
{
	if (!catfile->git)
		return;
	close(catfile->question);
	git_stop(g_steal_pointer(&catfile->git));
}

void catfile_free(struct catfile *catfile)
{
	if (!catfile)
		return;
	stop(catfile);
	g_free(catfile->folder);
	g_free(catfile);
}

/* A socket, because only a send(2) to a git that has died brings no SIGPIPE. */
static gboolean start(struct catfile *catfile)
{
	static const char *const cat_file[] = { "cat-file", "--batch", NULL };
	static const char *const variables[] = {
		"GIT_NO_REPLACE_OBJECTS=1", NULL,
	};
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		return FALSE;
	catfile->git = git_start_with(catfile->folder, cat_file, ends[1],
				      variables, NULL);
	catfile->question = ends[0];
	close(ends[1]);
	if (!catfile->git)
		close(ends[0]);
	return catfile->git != NULL;
}

struct catfile *catfile_new(const char *folder)
{
	struct catfile *catfile = g_new0(struct catfile, 1);

	catfile->folder = g_strdup(folder);
	start(catfile);
	return catfile;
}

/* The first line of the answer, valid until more is read; or NULL. */
static char *ask(struct catfile *catfile, const char *id)
{
	g_autofree char *line = g_strconcat(id, "\n", NULL);
	const char *rest = line;
	ssize_t n;

	while (*rest) {
		n = send(catfile->question, rest, strlen(rest), MSG_NOSIGNAL);
		if (n < 0)
			return NULL;
		rest += n;
	}
	return git_line(catfile->git, NULL);
}

/* Take the object whose line, "<id> <type> <size>", was read. */
static enum catfile_answer take(struct object *out, struct catfile *catfile,
				const char *line, size_t max)
{
	g_auto(GStrv) words = g_strsplit(line, " ", -1);
	guint64 size;
	char *data;

	if (g_strv_length(words) != 3 ||
	    !g_ascii_string_to_unsigned(words[2], 10, 0, G_MAXSSIZE - 1, &size,
					NULL))
		return CATFILE_MISSING;
	if (size > max)
		return CATFILE_TOO_LARGE;
	out->type = objects_type_of(words[1]);
	data = git_bytes(catfile->git, size + 1);
	if (!out->type || !data)
		return CATFILE_MISSING;
	out->copy = g_memdup2(data, size + 1);
	out->copy[size] = '\0';
	out->data = out->copy;
	out->size = size;
	return CATFILE_FOUND;
}

enum catfile_answer catfile_read(struct object *out, struct catfile *catfile,
				 const char *id, size_t max)
{
	enum catfile_answer answer;
	const char *line;

	if (!catfile->git && !start(catfile))
		return CATFILE_MISSING;
	line = ask(catfile, id);
	if (line && g_str_has_suffix(line, " missing"))
		return CATFILE_MISSING;
	if (line && g_str_has_suffix(line, " ambiguous"))
		return CATFILE_AMBIGUOUS;
	answer = line ? take(out, catfile, line, max) : CATFILE_MISSING;
	/* the rest of an answer would be taken for the next one */
	if (answer != CATFILE_FOUND)
		stop(catfile);
	return answer;
}
