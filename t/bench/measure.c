/*
 * Run two shell commands in turn and compare them.  Prints the wall time
 * (median and best), the CPU time (median) and the peak memory of each, and two
 * ratios of wall times: the median of the ratios of all pairs of runs, and the
 * ratio of the best runs.
 *
 * The commands take turns so that noise of the machine slows both of them.
 *
 * usage: measure <runs> <yardstick> <ours>
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_RUNS 1000

struct result {
	double wall, cpu;	/* seconds */
	long memory;		/* kB, of the largest process */
	long own;		/* kB that are not mapped files, at the peak, of
				   the command itself */
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

/* The line "RssAnon:   1234 kB" of /proc/<pid>/status, see proc(5). */
static long own_memory(pid_t pid)
{
	char path[40], line[200];
	long kb = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	file = fopen(path, "r");
	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "RssAnon: %ld", &kb) == 1)
			break;
	if (file)
		fclose(file);
	return kb;
}

static struct result run(const char *command, int watch)
{
	struct result result = { 0 };
	struct timespec pause = { .tv_nsec = 2000000 };
	struct rusage usage;
	double start = now();
	int status;
	pid_t pid = fork(), ended = 0;

	if (!pid) {
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	while (watch && pid > 0 && !ended) {
		long own = own_memory(pid);

		if (own > result.own)
			result.own = own;
		nanosleep(&pause, NULL);
		ended = wait4(pid, &status, WNOHANG, &usage);
	}
	if (pid < 0 || ended < 0 ||
	    (!ended && wait4(pid, &status, 0, &usage) < 0) || status) {
		fprintf(stderr, "measure: failed: %s\n", command);
		exit(1);
	}
	result.wall = now() - start;
	result.cpu = seconds(&usage.ru_utime) + seconds(&usage.ru_stime);
	result.memory = usage.ru_maxrss;
	return result;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

/* Also sorts the numbers. */
static double median(double *numbers, int nr)
{
	qsort(numbers, nr, sizeof(*numbers), compare);
	return nr % 2 ? numbers[nr / 2] :
	       (numbers[nr / 2 - 1] + numbers[nr / 2]) / 2;
}

/* Returns the best wall time. */
static double print(const char *name, const struct result *results, int nr)
{
	double wall[MAX_RUNS], cpu[MAX_RUNS], middle;
	long memory = 0;
	int i;

	for (i = 0; i < nr; i++) {
		wall[i] = results[i].wall;
		cpu[i] = results[i].cpu;
		if (results[i].memory > memory)
			memory = results[i].memory;
	}
	middle = median(wall, nr);
	printf("  %-8s wall %.3f s, best %.3f s; cpu %.3f s; peak %.1f MB\n",
	       name, middle, wall[0], median(cpu, nr), memory / 1024.0);
	return wall[0];
}

int main(int argc, char **argv)
{
	static struct result theirs[MAX_RUNS], ours[MAX_RUNS];
	double ratio[MAX_RUNS], best;
	int i, nr = argc == 4 ? atoi(argv[1]) : 0;

	if (nr < 1 || nr > MAX_RUNS) {
		fprintf(stderr, "usage: measure <runs> <yardstick> <ours>\n");
		return 1;
	}
	for (i = 0; i < nr; i++) {
		theirs[i] = run(argv[2], 0);
		ours[i] = run(argv[3], 0);
		ratio[i] = ours[i].wall / theirs[i].wall;
	}
	best = print("git", theirs, nr);
	best = print("digest", ours, nr) / best;
	/* Watching the memory costs time, so it gets a run of its own. */
	printf("  %-8s wall %.2f, best %.2f; %.1f MB of digest's are its own\n",
	       "ratio", median(ratio, nr), best,
	       run(argv[3], 1).own / 1024.0);
	return 0;
}
