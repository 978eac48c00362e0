/*
 * Run two shell commands in turn and compare them: the best time and the peak
 * memory of each, and the ratio.  usage: measure <runs> <yardstick> <ours>
 *
 * In turn, because a noisy machine is then as noisy for the one as for the
 * other; the best of several runs, because noise only adds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct result {
	double wall, cpu;	/* seconds */
	long memory;		/* kB, of the largest process */
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static double seconds(const struct timeval *t)
{
	return t->tv_sec + t->tv_usec / 1e6;
}

static struct result run(const char *command)
{
	struct result result;
	struct rusage usage;
	double start = now();
	int status;
	pid_t pid = fork();

	if (!pid) {
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &usage) < 0 || status) {
		fprintf(stderr, "measure: failed: %s\n", command);
		exit(1);
	}
	result.wall = now() - start;
	result.cpu = seconds(&usage.ru_utime) + seconds(&usage.ru_stime);
	result.memory = usage.ru_maxrss;
	return result;
}

static void keep_best(struct result *best, struct result now)
{
	if (!best->wall || now.wall < best->wall)
		best->wall = now.wall;
	if (!best->cpu || now.cpu < best->cpu)
		best->cpu = now.cpu;
	if (now.memory > best->memory)
		best->memory = now.memory;
}

static void print(const char *name, const struct result *r)
{
	printf("  %-10s %7.3f s wall %7.3f s cpu %7.1f MB\n", name, r->wall,
	       r->cpu, r->memory / 1024.0);
}

int main(int argc, char **argv)
{
	struct result theirs = { 0 }, ours = { 0 };
	int i;

	if (argc != 4) {
		fprintf(stderr, "usage: measure <runs> <yardstick> <ours>\n");
		return 1;
	}
	for (i = 0; i < atoi(argv[1]); i++) {
		keep_best(&theirs, run(argv[2]));
		keep_best(&ours, run(argv[3]));
	}
	print("git", &theirs);
	print("digest", &ours);
	printf("  %-10s %7.2f\n", "ratio", ours.wall / theirs.wall);
	return 0;
}
