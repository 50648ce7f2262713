// librdkafka uses C11 threads, which the thread sanitizer does not know: a thread made that way has
// no shadow and the program dies at once. In its builds the program brings these functions itself,
// over pthread, which it does know. glibc's types have the same layout.
#include <pthread.h>
#include <threads.h>

#include <cerrno>
#include <cstdint>
#include <ctime>

namespace {

pthread_mutex_t* to_pthread(mtx_t* mutex) { return reinterpret_cast<pthread_mutex_t*>(mutex); }
pthread_cond_t* to_pthread(cnd_t* condition) {
  return reinterpret_cast<pthread_cond_t*>(condition);
}
int result_of(int error) {
  if (error == ETIMEDOUT) return thrd_timedout;
  if (error == EBUSY) return thrd_busy;
  return error == 0 ? thrd_success : thrd_error;
}

struct Start {
  thrd_start_t run;
  void* argument;
};

void* run_thread(void* given) {
  const Start start = *static_cast<Start*>(given);
  delete static_cast<Start*>(given);
  return reinterpret_cast<void*>(static_cast<std::intptr_t>(start.run(start.argument)));
}

}  // namespace

extern "C" {

int thrd_create(thrd_t* thread, thrd_start_t run, void* argument) {
  return result_of(pthread_create(thread, nullptr, &run_thread, new Start{run, argument}));
}
int thrd_join(thrd_t thread, int* result) {
  void* value = nullptr;
  const int error = pthread_join(thread, &value);
  if (result != nullptr) *result = static_cast<int>(reinterpret_cast<std::intptr_t>(value));
  return result_of(error);
}
int thrd_detach(thrd_t thread) { return result_of(pthread_detach(thread)); }

int mtx_init(mtx_t* mutex, int type) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  const bool recursive = (type & mtx_recursive) != 0;
  pthread_mutexattr_settype(&attributes,
                            recursive ? PTHREAD_MUTEX_RECURSIVE : PTHREAD_MUTEX_NORMAL);
  const int error = pthread_mutex_init(to_pthread(mutex), &attributes);
  pthread_mutexattr_destroy(&attributes);
  return result_of(error);
}
int mtx_lock(mtx_t* mutex) { return result_of(pthread_mutex_lock(to_pthread(mutex))); }
int mtx_trylock(mtx_t* mutex) { return result_of(pthread_mutex_trylock(to_pthread(mutex))); }
int mtx_unlock(mtx_t* mutex) { return result_of(pthread_mutex_unlock(to_pthread(mutex))); }
void mtx_destroy(mtx_t* mutex) { pthread_mutex_destroy(to_pthread(mutex)); }

int cnd_init(cnd_t* condition) {
  return result_of(pthread_cond_init(to_pthread(condition), nullptr));
}
int cnd_signal(cnd_t* condition) { return result_of(pthread_cond_signal(to_pthread(condition))); }
int cnd_broadcast(cnd_t* condition) {
  return result_of(pthread_cond_broadcast(to_pthread(condition)));
}
int cnd_wait(cnd_t* condition, mtx_t* mutex) {
  return result_of(pthread_cond_wait(to_pthread(condition), to_pthread(mutex)));
}
int cnd_timedwait(cnd_t* condition, mtx_t* mutex, const timespec* until) {
  return result_of(pthread_cond_timedwait(to_pthread(condition), to_pthread(mutex), until));
}
void cnd_destroy(cnd_t* condition) { pthread_cond_destroy(to_pthread(condition)); }
}
