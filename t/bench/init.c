/* What starting libgit2 costs: the least that git digest can take. */
#include <git2.h>

int main(void)
{
	return git_libgit2_init() < 0;
}
