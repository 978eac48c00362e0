/*
 * A library for LD_PRELOAD that lets calls fail, for t/faults/faults.pl:
 *
 *	FAULT_IN	the program whose calls count: git-digest or git; of
 *			the gits only that whose number is FAULT_SPAWN
 *	FAULT_CALL	which call is to fail, by the names below
 *	FAULT_FROM	the number of the first call that fails, from 1 on
 *	FAULT_TO	the number of the last one
 *	FAULT_ERRNO	the error; 0 makes a read or write short instead
 *	FAULT_SIGNAL	a signal that comes before the call instead
 *	FAULT_SPAWN	the number of a child of git-digest, from 1 on
 *	FAULT_WRAPPER	the program that this child is to be instead of git
 *	FAULT_LOG	the file that says what failed, and what crashed
 *	FAULT_COUNT	the file that at the end says how many calls there were
 *
 * Calls that libc makes itself do not come here, so the functions of stdio
 * fail apart from read(2) and write(2).  A stream that fails gets its mark for
 * errors, as it would if the system call below it failed.  What goes to
 * standard error never fails: it is what the harness looks at.  iconv_open(3)
 * is not among the calls: GMime does not tell that it failed.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* These have a 64 at the end of their names, too, with the same types. */
#define CALLS(_) \
	_(access) _(close) _(dup) _(dup2) _(fchmod) _(fclose) _(fcntl) \
	_(fdopen) _(fflush) _(fgets) _(fopen) _(fprintf) _(fputc) _(fputs) \
	_(fread) _(fstat) _(fwrite) _(getc) _(getcwd) _(getdelim) \
	_(ioctl) _(isatty) _(lseek) _(lstat) _(memfd_create) \
	_(mkdir) _(mkstemp) _(mmap) _(open) _(openat) _(opendir) _(pclose) \
	_(pipe2) _(popen) _(posix_spawnp) _(pread) _(pthread_create) \
	_(read) _(readdir) _(readlink) _(realpath) _(rename) _(rmdir) \
	_(stat) _(unlink) _(waitid) _(waitpid) _(write)

#define NUMBER(name) CALL_##name,
#define NAME(name) #name,
enum call { CALLS(NUMBER) NR_CALLS };
static const char *const names[] = { CALLS(NAME) };

/* The bit of a FILE that ferror(3) shows; glibc calls it _IO_ERR_SEEN. */
#define STREAM_ERROR 0x20

static int active;		/* is this the process whose calls count? */
static int is_parent;		/* is it git-digest? */
static char **words;		/* its command line */
static int failing = -1;	/* an enum call */
static unsigned long from, to, spawn_number;
static int error, signal_number;
static int log_fd = -1, count_fd = -1;
static atomic_ulong counts[NR_CALLS];
static atomic_ulong spawned;

/* The function that this library stands before. */
#define REAL(name) \
	static __typeof__(name) *found; \
	__typeof__(name) *real = found ? found : \
		(found = (__typeof__(name) *)dlsym(RTLD_NEXT, #name))

static void say(const char *format, ...)
{
	char buf[600];
	int len, saved = errno;
	va_list ap;

	va_start(ap, format);
	len = vsnprintf(buf, sizeof(buf), format, ap);
	va_end(ap);
	if (len >= (int)sizeof(buf))
		len = sizeof(buf) - 1;
	/* a system call, because write() is one of those that fail */
	if (log_fd >= 0 && len > 0) {
		REAL(write);
		(void)!real(log_fd, buf, len);
	}
	errno = saved;
}

static void say_status(int status, void *unused)
{
	(void)unused;
	say("exit %d\n", status);
}

/* Is this call to fail?  Then errno is set, and 0 means a short one. */
static int fails(enum call call, const char *about)
{
	static atomic_int told;
	unsigned long n;
	char **word;

	if (!active)
		return 0;
	n = atomic_fetch_add(&counts[call], 1) + 1;
	if ((int)call != failing || n < from || n > to)
		return 0;
	if (!atomic_exchange(&told, 1)) {
		say("failed %s %lu (%s)", names[call], n, about ? about : "");
		for (word = words; word && *word && !is_parent; word++)
			say(" %s", *word);
		say("\n");
		on_exit(say_status, NULL);
	}
	if (signal_number) {
		kill(getpid(), signal_number);
		return 0;
	}
	errno = error;
	return 1;
}

static int fails_on(enum call call, FILE *stream)
{
	if (stream == stderr || !fails(call, stream == stdout ? "stdout" : ""))
		return 0;
	/* a line for which there is no memory is no error of the stream */
	if (error != ENOMEM)
		stream->_flags |= STREAM_ERROR;
	return 1;
}

/* Which library crashed: the first that is neither libc nor this one. */
static void handle_crash(int signo)
{
	void *frames[60];
	int i, nr = backtrace(frames, 60);
	const char *where = "?";

	for (i = 0; i < nr; i++) {
		Dl_info info;
		const char *base;

		if (!dladdr(frames[i], &info) || !info.dli_fname)
			continue;
		base = strrchr(info.dli_fname, '/');
		base = base ? base + 1 : info.dli_fname;
		if (strncmp(base, "libc.", 5) && strcmp(base, "inject.so")) {
			where = base;
			break;
		}
	}
	say("crash %d %s\n", signo, where);
	signal(signo, SIG_DFL);
	raise(signo);
}

/* Far from the descriptors that the program has. */
static int open_far(const char *name)
{
	const char *path = getenv(name);
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_APPEND, 0666) : -1;
	int high = -1, limit;

	for (limit = 900; fd >= 0 && high < 0 && limit > 2; limit /= 2)
		high = fcntl(fd, F_DUPFD_CLOEXEC, limit);
	if (fd >= 0)
		close(fd);
	return high;
}

static unsigned long number(const char *name)
{
	const char *text = getenv(name);

	return text ? strtoul(text, NULL, 10) : 0;
}

/* glibc gives a constructor what main() gets. */
__attribute__((constructor)) static void set_up(int argc, char **argv)
{
	static const int crashes[] = {
		SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGTRAP,
	};
	const char *in = getenv("FAULT_IN"), *call = getenv("FAULT_CALL");
	void *frame;
	size_t i;

	(void)argc;
	words = argv;
	is_parent = !strcmp(program_invocation_short_name, "git-digest");
	spawn_number = number("FAULT_SPAWN");
	if (!in || strcmp(in, program_invocation_short_name) ||
	    (!is_parent && !getenv("FAULT_HERE")))
		return;
	log_fd = open_far("FAULT_LOG");
	count_fd = open_far("FAULT_COUNT");
	for (i = 0; call && i < NR_CALLS; i++)
		if (!strcmp(names[i], call))
			failing = i;
	from = number("FAULT_FROM");
	to = number("FAULT_TO");
	error = number("FAULT_ERRNO");
	signal_number = number("FAULT_SIGNAL");
	if (is_parent) {
		backtrace(&frame, 1);	/* loads what it needs */
		for (i = 0; i < sizeof(crashes) / sizeof(*crashes); i++)
			signal(crashes[i], handle_crash);
	}
	active = 1;
}

__attribute__((destructor)) static void tell_counts(void)
{
	int i;

	if (count_fd < 0)
		return;
	log_fd = count_fd;
	count_fd = -1;
	for (i = 0; i < NR_CALLS; i++)
		say("%s %lu\n", names[i], atomic_load(&counts[i]));
	say("spawned %lu\n", atomic_load(&spawned));
}

/* git-digest ends with this, which runs none of the functions for the end. */
void _exit(int status)
{
	REAL(_exit);
	tell_counts();
	real(status);
	__builtin_unreachable();
}

/* --- calls that only fail ------------------------------------------------- */

#define FAIL(name, type, failure, about, parameters, arguments) \
	type name parameters \
	{ \
		REAL(name); \
		if (fails(CALL_##name, about)) \
			return failure; \
		return real arguments; \
	}

/* The same under another name, with the same count. */
#define FAIL_AS(alias, name, type, failure, about, parameters, arguments) \
	type alias parameters \
	{ \
		REAL(alias); \
		if (fails(CALL_##name, about)) \
			return failure; \
		return real arguments; \
	}

FAIL(access, int, -1, path, (const char *path, int mode), (path, mode))
FAIL(dup, int, -1, NULL, (int fd), (fd))
FAIL(dup2, int, -1, NULL, (int fd, int to_fd), (fd, to_fd))
FAIL(fchmod, int, -1, NULL, (int fd, mode_t mode), (fd, mode))
FAIL(fdopen, FILE *, NULL, mode, (int fd, const char *mode), (fd, mode))
FAIL(fopen, FILE *, NULL, path, (const char *path, const char *mode),
     (path, mode))
FAIL_AS(fopen64, fopen, FILE *, NULL, path,
	(const char *path, const char *mode), (path, mode))
FAIL(fstat, int, -1, NULL, (int fd, struct stat *st), (fd, st))
FAIL_AS(fstat64, fstat, int, -1, NULL, (int fd, struct stat64 *st), (fd, st))
FAIL(getcwd, char *, NULL, NULL, (char *buf, size_t size), (buf, size))
FAIL(isatty, int, 0, NULL, (int fd), (fd))
FAIL(lseek, off_t, -1, NULL, (int fd, off_t at, int whence), (fd, at, whence))
FAIL_AS(lseek64, lseek, off64_t, -1, NULL, (int fd, off64_t at, int whence),
	(fd, at, whence))
FAIL(lstat, int, -1, path, (const char *path, struct stat *st), (path, st))
FAIL_AS(lstat64, lstat, int, -1, path, (const char *path, struct stat64 *st),
	(path, st))
FAIL(memfd_create, int, -1, name, (const char *name, unsigned flags),
     (name, flags))
FAIL(mkdir, int, -1, path, (const char *path, mode_t mode), (path, mode))
FAIL(mkstemp, int, -1, path, (char *path), (path))
FAIL(mmap, void *, MAP_FAILED, NULL, (void *addr, size_t len, int prot,
     int flags, int fd, off_t at), (addr, len, prot, flags, fd, at))
FAIL_AS(mmap64, mmap, void *, MAP_FAILED, NULL, (void *addr, size_t len,
	int prot, int flags, int fd, off64_t at), (addr, len, prot, flags, fd,
	at))
FAIL(opendir, DIR *, NULL, path, (const char *path), (path))
FAIL(pipe2, int, -1, NULL, (int ends[2], int flags), (ends, flags))
FAIL(popen, FILE *, NULL, command, (const char *command, const char *mode),
     (command, mode))
FAIL(pthread_create, int, error, NULL, (pthread_t *thread,
     const pthread_attr_t *attr, void *(*fn)(void *), void *data),
     (thread, attr, fn, data))
FAIL(readdir, struct dirent *, NULL, NULL, (DIR *dir), (dir))
FAIL_AS(readdir64, readdir, struct dirent64 *, NULL, NULL, (DIR *dir), (dir))
FAIL(readlink, ssize_t, -1, path, (const char *path, char *buf, size_t size),
     (path, buf, size))
FAIL(realpath, char *, NULL, path, (const char *path, char *buf), (path, buf))
FAIL(rename, int, -1, path, (const char *path, const char *into), (path, into))
FAIL(rmdir, int, -1, path, (const char *path), (path))
FAIL(stat, int, -1, path, (const char *path, struct stat *st), (path, st))
FAIL_AS(stat64, stat, int, -1, path, (const char *path, struct stat64 *st),
	(path, st))
FAIL(unlink, int, -1, path, (const char *path), (path))
FAIL(waitid, int, -1, NULL, (idtype_t type, id_t id, siginfo_t *info,
     int options), (type, id, info, options))
FAIL(waitpid, pid_t, -1, NULL, (pid_t pid, int *status, int options),
     (pid, status, options))

/* --- calls with an optional argument -------------------------------------- */

#define FAIL_OPTIONAL(alias, name, about, parameters, last, type, arguments) \
	int alias parameters \
	{ \
		REAL(alias); \
		va_list ap; \
		type more; \
		va_start(ap, last); \
		more = va_arg(ap, type); \
		va_end(ap); \
		if (fails(CALL_##name, about)) \
			return -1; \
		return real arguments; \
	}

FAIL_OPTIONAL(open, open, path, (const char *path, int flags, ...), flags, int,
	      (path, flags, more))
FAIL_OPTIONAL(open64, open, path, (const char *path, int flags, ...), flags,
	      int, (path, flags, more))
FAIL_OPTIONAL(openat, openat, path, (int fd, const char *path, int flags, ...),
	      flags, int, (fd, path, flags, more))
FAIL_OPTIONAL(openat64, openat, path, (int fd, const char *path, int flags,
	      ...), flags, int, (fd, path, flags, more))
FAIL_OPTIONAL(fcntl, fcntl, NULL, (int fd, int command, ...), command, void *,
	      (fd, command, more))
FAIL_OPTIONAL(fcntl64, fcntl, NULL, (int fd, int command, ...), command,
	      void *, (fd, command, more))

int ioctl(int fd, unsigned long request, ...)
{
	REAL(ioctl);
	va_list ap;
	void *more;

	va_start(ap, request);
	more = va_arg(ap, void *);
	va_end(ap);
	return fails(CALL_ioctl, NULL) ? -1 : real(fd, request, more);
}

/* --- calls that fail after they did what they do -------------------------- */

int close(int fd)
{
	REAL(close);
	int ret = real(fd);

	return fails(CALL_close, NULL) ? -1 : ret;
}

int fclose(FILE *stream)
{
	REAL(fclose);
	int failed = stream != stderr && fails(CALL_fclose, NULL);
	int saved = errno, ret = real(stream);

	if (failed)
		errno = saved;
	return failed ? EOF : ret;
}

int pclose(FILE *stream)
{
	REAL(pclose);
	int ret = real(stream);

	return fails(CALL_pclose, NULL) ? -1 : ret;
}

/* --- calls that may do less than they were asked to ----------------------- */

/* How much of len to do, or -1. */
static ssize_t room(enum call call, size_t len)
{
	if (!fails(call, NULL))
		return len;
	if (error)
		return -1;
	return len > 1 ? len / 2 : len;
}

ssize_t read(int fd, void *buf, size_t len)
{
	REAL(read);
	ssize_t some = room(CALL_read, len);

	return some < 0 ? -1 : real(fd, buf, some);
}

ssize_t pread(int fd, void *buf, size_t len, off_t at)
{
	REAL(pread);
	ssize_t some = room(CALL_pread, len);

	return some < 0 ? -1 : real(fd, buf, some, at);
}

ssize_t pread64(int fd, void *buf, size_t len, off64_t at)
{
	REAL(pread64);
	ssize_t some = room(CALL_pread, len);

	return some < 0 ? -1 : real(fd, buf, some, at);
}

ssize_t write(int fd, const void *buf, size_t len)
{
	REAL(write);
	ssize_t some = fd == STDERR_FILENO ? (ssize_t)len :
		       room(CALL_write, len);

	return some < 0 ? -1 : real(fd, buf, some);
}

/* --- streams -------------------------------------------------------------- */

ssize_t getdelim(char **line, size_t *size, int end, FILE *stream)
{
	REAL(getdelim);

	return fails_on(CALL_getdelim, stream) ? -1 :
	       real(line, size, end, stream);
}

/* getc_unlocked() is a macro that calls this when the buffer is empty. */
int __uflow(FILE *stream)
{
	REAL(__uflow);

	return fails_on(CALL_getc, stream) ? EOF : real(stream);
}

#undef getc
int getc(FILE *stream)
{
	REAL(getc);

	return fails_on(CALL_getc, stream) ? EOF : real(stream);
}

char *fgets(char *buf, int size, FILE *stream)
{
	REAL(fgets);

	return fails_on(CALL_fgets, stream) ? NULL : real(buf, size, stream);
}

size_t fread(void *buf, size_t size, size_t nr, FILE *stream)
{
	REAL(fread);

	return fails_on(CALL_fread, stream) ? 0 : real(buf, size, nr, stream);
}

size_t fwrite(const void *buf, size_t size, size_t nr, FILE *stream)
{
	REAL(fwrite);

	return fails_on(CALL_fwrite, stream) ? 0 : real(buf, size, nr, stream);
}

int fputs(const char *text, FILE *stream)
{
	REAL(fputs);

	return fails_on(CALL_fputs, stream) ? EOF : real(text, stream);
}

int fputc(int c, FILE *stream)
{
	REAL(fputc);

	return fails_on(CALL_fputc, stream) ? EOF : real(c, stream);
}

int fprintf(FILE *stream, const char *format, ...)
{
	va_list ap;
	int ret;

	if (fails_on(CALL_fprintf, stream))
		return -1;
	va_start(ap, format);
	ret = vfprintf(stream, format, ap);
	va_end(ap);
	return ret;
}

int fflush(FILE *stream)
{
	REAL(fflush);

	return stream && fails_on(CALL_fflush, stream) ? EOF : real(stream);
}

/* --- children ------------------------------------------------------------- */

int posix_spawnp(pid_t *pid, const char *file,
		 const posix_spawn_file_actions_t *actions,
		 const posix_spawnattr_t *attr, char *const *argv,
		 char *const *environment)
{
	REAL(posix_spawnp);
	static char here[] = "FAULT_HERE=1";
	unsigned long n = is_parent ? atomic_fetch_add(&spawned, 1) + 1 : 0;
	const char *wrapper = getenv("FAULT_WRAPPER");
	char *marked[1000];
	size_t i;

	if (fails(CALL_posix_spawnp, file))
		return error;
	if (!n || n != spawn_number)
		return real(pid, file, actions, attr, argv, environment);
	marked[0] = here;
	for (i = 0; environment[i] && i < 998; i++)
		marked[i + 1] = environment[i];
	marked[i + 1] = NULL;
	return real(pid, wrapper ? wrapper : file, actions, attr, argv, marked);
}
