#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include "signals.h"

const int signals_all[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, 0 };

static void change_mask(int how)
{
	sigset_t set;
	size_t i;

	sigemptyset(&set);
	for (i = 0; signals_all[i]; i++)
		sigaddset(&set, signals_all[i]);
	pthread_sigmask(how, &set, NULL);
}

void signals_block(void)
{
	change_mask(SIG_BLOCK);
}

void signals_unblock(void)
{
	change_mask(SIG_UNBLOCK);
}
