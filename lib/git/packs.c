#include <dlfcn.h>
#include <sys/resource.h>
#include <git2.h>
#include <git2/sys/odb_backend.h>
#include "git/packs.h"
#include "git/repository.h"

/* How many descriptors are for other things than packs, at least. */
#define RESERVE 32

/* The library that has the headers' version. */
#define LIBRARY "libgit2.so." LIBGIT2_SOVERSION

/* The functions of libgit2 that are called. */
static struct {
	__typeof__(git_libgit2_init) *init;
	__typeof__(git_libgit2_opts) *opts;
	__typeof__(git_odb_new) *odb_new;
	__typeof__(git_odb_free) *odb_free;
	__typeof__(git_odb_add_backend) *add_backend;
	__typeof__(git_odb_backend_pack) *backend_pack;
	__typeof__(git_odb_backend_loose) *backend_loose;
	__typeof__(git_odb_read) *read;
	__typeof__(git_odb_read_header) *read_header;
	__typeof__(git_odb_exists_prefix) *exists_prefix;
	__typeof__(git_odb_object_type) *type;
	__typeof__(git_odb_object_data) *data;
	__typeof__(git_odb_object_size) *size;
	__typeof__(git_odb_object_free) *release;
	__typeof__(git_oid_fromstrn) *fromstrn;
} lib;

struct packs {
	git_odb *odb;
};

size_t packs_max(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur <= RESERVE)
		return 1;
	return (limit.rlim_cur - RESERVE + 1) / 2;
}

static void load(void)
{
	const struct {
		const char *name;
		void *function;		/* a pointer to one */
	} functions[] = {
		{ "git_libgit2_init", &lib.init },
		{ "git_libgit2_opts", &lib.opts },
		{ "git_odb_new", &lib.odb_new },
		{ "git_odb_free", &lib.odb_free },
		{ "git_odb_add_backend", &lib.add_backend },
		{ "git_odb_backend_pack", &lib.backend_pack },
		{ "git_odb_backend_loose", &lib.backend_loose },
		{ "git_odb_read", &lib.read },
		{ "git_odb_read_header", &lib.read_header },
		{ "git_odb_exists_prefix", &lib.exists_prefix },
		{ "git_odb_object_type", &lib.type },
		{ "git_odb_object_data", &lib.data },
		{ "git_odb_object_size", &lib.size },
		{ "git_odb_object_free", &lib.release },
		{ "git_oid_fromstrn", &lib.fromstrn },
	};
	void *library = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL);
	size_t i;

	for (i = 0; library && i < G_N_ELEMENTS(functions); i++) {
		void *symbol = dlsym(library, functions[i].name);

		if (!symbol)
			library = NULL;
		/* as POSIX tells to take a function from dlsym(3) */
		*(void **)functions[i].function = symbol;
	}
	if (!library)
		g_error("cannot load libgit2: %s", dlerror());
}

void packs_ready(void)
{
	static int is_ready;

	if (is_ready)
		return;
	is_ready = 1;
	load();
	lib.init();
	/* like git, leave it to "git fsck" to check objects' checksums */
	lib.opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	lib.opts(GIT_OPT_SET_MWINDOW_FILE_LIMIT, packs_max());
	/* no object is read twice */
	lib.opts(GIT_OPT_ENABLE_CACHING, 0);
}

/* A backend of higher priority is asked first. */
struct packs *packs_open(const GPtrArray *folders, gboolean with_loose)
{
	git_odb_backend *backend;
	struct packs *packs;
	git_odb *odb;
	guint i;

	if (lib.odb_new(&odb))
		return NULL;
	for (i = 0; i < folders->len; i++) {
		const char *folder = folders->pdata[i];
		int priority = 2 * (folders->len - i);

		if (!lib.backend_pack(&backend, folder))
			lib.add_backend(odb, backend, priority);
		if (with_loose &&
		    !lib.backend_loose(&backend, folder, -1, 0, 0, 0))
			lib.add_backend(odb, backend, priority - 1);
	}
	packs = g_new(struct packs, 1);
	packs->odb = odb;
	return packs;
}

void packs_free(struct packs *packs)
{
	if (packs)
		lib.odb_free(packs->odb);
	g_free(packs);
}

int packs_read(struct git_odb_object **out, struct packs *packs, const char *id,
	       size_t max)
{
	git_object_t type;
	git_oid oid;
	size_t size;

	if (lib.fromstrn(&oid, id, HEX_ID_LEN))
		return -1;
	if (max < G_MAXSIZE) {
		if (lib.read_header(&size, &type, packs->odb, &oid))
			return -1;
		if (size > max)
			return 1;
	}
	return lib.read(out, packs->odb, &oid) ? -1 : 0;
}

int packs_type(const struct git_odb_object *object)
{
	return lib.type((git_odb_object *)object);
}

const char *packs_data(const struct git_odb_object *object, size_t *size)
{
	*size = lib.size((git_odb_object *)object);
	return lib.data((git_odb_object *)object);
}

void packs_release(struct git_odb_object *object)
{
	if (object)
		lib.release(object);
}

gboolean packs_is_unique(struct packs *packs, const char *id, unsigned digits)
{
	git_oid oid, found;

	return lib.fromstrn(&oid, id, digits) ||
	       lib.exists_prefix(&found, packs->odb, &oid, digits) !=
	       GIT_EAMBIGUOUS;
}
