/* Loaded before the C library of a service: while the file READ_ONLY exists, nothing can be written to a file,
   as when a kernel makes a faulty disk read-only under a running program. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static int refused(int fd) {
    const char *mark = getenv("READ_ONLY");
    struct stat found;
    /* Where a test sends our words, a file or not, is not that disk. */
    return fd > STDERR_FILENO && mark && access(mark, F_OK) == 0 && fstat(fd, &found) == 0 && S_ISREG(found.st_mode);
}

#define REFUSE(fd) do { if (refused(fd)) { errno = EROFS; return -1; } } while (0)
#define NEXT(name) ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t count) {
    REFUSE(fd);
    return NEXT(write)(fd, bytes, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
    REFUSE(fd);
    return NEXT(pwrite)(fd, bytes, count, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) {
    REFUSE(fd);
    return NEXT(pwrite64)(fd, bytes, count, at);
}

int ftruncate(int fd, off_t length) {
    REFUSE(fd);
    return NEXT(ftruncate)(fd, length);
}

int ftruncate64(int fd, off64_t length) {
    REFUSE(fd);
    return NEXT(ftruncate64)(fd, length);
}
