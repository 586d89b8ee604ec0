/* Stands between a program and the files beneath one folder (LD_PRELOAD): writes down what is done to them, with the
 * bytes, so that a power cut can be played later; and lets a chosen call fail, or the process die just before it.
 *
 *   SHIM_FOLDER  the folder that is watched, absolute
 *   SHIM_RECORD  the file to which calls are added, as in `struct call`; what is written to stdout, too: the answer
 *   SHIM_FAULT   KIND:NTH:ERRNO[+]: the NTH call of a KIND fails so (with +, and all after it). KIND is open, read,
 *                write, truncate, sync, name, or any. ERRNO 0 writes or reads half of what was asked; -1 is kill -9
 */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define FILES 1024
#define RECORD 900

enum { HALF = -2 };

struct call {
    char kind;
    char pad[3];
    int32_t pid;
    int32_t fd;
    uint32_t length;
    int64_t offset;
};

static char watched[FILES];
static const char *folder;
static int recording;
static char fault_kind[16];
static long fault_nth, fault_errno, fault_on, seen;

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
    const char *file = getenv("SHIM_RECORD"), *fault = getenv("SHIM_FAULT");
    char more = 0;
    folder = getenv("SHIM_FOLDER");
    if (folder && file) {
        int fd = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
        if (fd >= 0 && dup3(fd, RECORD, O_CLOEXEC) == RECORD) recording = 1;
        if (fd >= 0) close(fd);
    }
    if (folder && fault && sscanf(fault, "%15[a-z]:%ld:%ld%c", fault_kind, &fault_nth, &fault_errno, &more) >= 3)
        fault_on = more == '+';
    else
        fault_kind[0] = 0;
}

/* Whether a path is the folder, or lies in it. */
static int beneath(const char *path) {
    size_t length = folder ? strlen(folder) : 0;
    return folder && path && strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static int is_watched(int fd) {
    return fd >= 0 && fd < FILES && watched[fd];
}

static void record(char kind, int fd, int64_t offset, const void *bytes, size_t length) {
    struct call call = {kind, {0}, getpid(), fd, (uint32_t)length, offset};
    struct iovec parts[2] = {{&call, sizeof call}, {(void *)bytes, length}};
    int before = errno;
    if (recording && writev(RECORD, parts, 2) != (ssize_t)(sizeof call + length)) abort();
    errno = before;
}

static void record_names(char kind, const char *one, const char *other) {
    char both[8192];
    int length = snprintf(both, sizeof both, "%s%c%s", one, 0, other ? other : "");
    record(kind, -1, 0, both, (size_t)length);
}

/* Whether this call is to fail: 0, -1 with errno set, or HALF. */
static int fails(const char *kind) {
    if (!fault_kind[0] || (strcmp(fault_kind, kind) != 0 && strcmp(fault_kind, "any") != 0)) return 0;
    seen++;
    if (seen != fault_nth && !(fault_on && seen > fault_nth)) return 0;
    record('F', -1, 0, kind, strlen(kind));
    if (fault_errno == -1) raise(SIGKILL);
    if (fault_errno == 0) return HALF;
    errno = (int)fault_errno;
    return -1;
}

static int opened(int fd, const char *path, int flags) {
    if (fd >= 0 && fd < FILES) {
        watched[fd] = (char)beneath(path);
        if (watched[fd]) record('O', fd, flags, path, strlen(path));
    }
    return fd;
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        va_list more; \
        va_start(more, flags); \
        mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(more, mode_t) : 0; \
        va_end(more); \
        if (beneath(path) && fails("open")) return -1; \
        return opened(real(path, flags, mode), path, flags); \
    }
OPEN(open)
OPEN(open64)

int close(int fd) {
    REAL(close);
    if (is_watched(fd)) {
        watched[fd] = 0;
        record('C', fd, 0, "", 0);
    }
    return real(fd);
}

ssize_t write(int fd, const void *bytes, size_t size) {
    REAL(write);
    if (!is_watched(fd)) {
        ssize_t done = real(fd, bytes, size);
        if (fd == 1 && done > 0) record('A', fd, 0, bytes, (size_t)done);
        return done;
    }
    int failure = fails("write");
    if (failure == -1) return -1;
    int append = fcntl(fd, F_GETFL) & O_APPEND;
    off_t at = lseek(fd, 0, append ? SEEK_END : SEEK_CUR);
    ssize_t done = real(fd, bytes, failure == HALF ? (size + 1) / 2 : size);
    if (done > 0) record('W', fd, at, bytes, (size_t)done);
    return done;
}

#define PWRITE(name, offset_type) \
    ssize_t name(int fd, const void *bytes, size_t size, offset_type at) { \
        REAL(name); \
        int failure = is_watched(fd) ? fails("write") : 0; \
        if (failure == -1) return -1; \
        ssize_t done = real(fd, bytes, failure == HALF ? (size + 1) / 2 : size, at); \
        if (is_watched(fd) && done > 0) record('W', fd, at, bytes, (size_t)done); \
        return done; \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t read(int fd, void *bytes, size_t size) {
    REAL(read);
    int failure = is_watched(fd) ? fails("read") : 0;
    return failure == -1 ? -1 : real(fd, bytes, failure == HALF ? (size + 1) / 2 : size);
}

#define PREAD(name, offset_type) \
    ssize_t name(int fd, void *bytes, size_t size, offset_type at) { \
        REAL(name); \
        int failure = is_watched(fd) ? fails("read") : 0; \
        return failure == -1 ? -1 : real(fd, bytes, failure == HALF ? (size + 1) / 2 : size, at); \
    }
PREAD(pread, off_t)
PREAD(pread64, off64_t)

#define TRUNCATE(name, offset_type) \
    int name(int fd, offset_type size) { \
        REAL(name); \
        if (is_watched(fd) && fails("truncate")) return -1; \
        int done = real(fd, size); \
        if (is_watched(fd) && done == 0) record('T', fd, size, "", 0); \
        return done; \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(name) \
    int name(int fd) { \
        REAL(name); \
        if (is_watched(fd) && fails("sync")) return -1; \
        int done = real(fd); \
        if (is_watched(fd) && done == 0) record('S', fd, 0, "", 0); \
        return done; \
    }
SYNC(fsync)
SYNC(fdatasync)

#define ONE_NAME(name, letter) \
    int name(const char *path) { \
        REAL(name); \
        if (beneath(path) && fails("name")) return -1; \
        int done = real(path); \
        if (beneath(path) && done == 0) record_names(letter, path, NULL); \
        return done; \
    }
ONE_NAME(unlink, 'U')
ONE_NAME(rmdir, 'D')

#define TWO_NAMES(name, letter) \
    int name(const char *one, const char *other) { \
        REAL(name); \
        if (beneath(other) && fails("name")) return -1; \
        int done = real(one, other); \
        if (beneath(other) && done == 0) record_names(letter, one, other); \
        return done; \
    }
TWO_NAMES(rename, 'R')
TWO_NAMES(link, 'L')

int linkat(int from, const char *one, int to, const char *other, int flags) {
    REAL(linkat);
    if (beneath(other) && fails("name")) return -1;
    int done = real(from, one, to, other, flags);
    if (beneath(other) && done == 0) record_names('L', one, other);
    return done;
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    if (beneath(path) && fails("name")) return -1;
    int done = real(path, mode);
    if (beneath(path) && done == 0) record_names('M', path, NULL);
    return done;
}

/* Copies that pass the kernel by would pass us by, too: the program falls back to read and write. */

ssize_t sendfile(int to, int from, off_t *offset, size_t count) {
    (void)to, (void)from, (void)offset, (void)count;
    errno = EINVAL;
    return -1;
}

ssize_t sendfile64(int to, int from, off64_t *offset, size_t count) {
    (void)to, (void)from, (void)offset, (void)count;
    errno = EINVAL;
    return -1;
}

ssize_t copy_file_range(int from, off64_t *a, int to, off64_t *b, size_t count, unsigned flags) {
    (void)from, (void)a, (void)to, (void)b, (void)count, (void)flags;
    errno = ENOSYS;
    return -1;
}
