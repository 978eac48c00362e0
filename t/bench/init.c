/* Start libgit2 and do nothing: git digest cannot take less time than this. */
#include <git2.h>

int main(void)
{
	return git_libgit2_init() < 0;
}
