/* The plainest loop there is over the same library: read a prompt in steps, then write greedily.
   Served line by line, so that runs can be interleaved: "read N" or "write N" on stdin, seconds on stdout. */
#include "llama.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}
static void quiet(enum ggml_log_level level, const char *text, void *data) { (void)level; (void)text; (void)data; }

int main(int argc, char **argv) {
    if (argc < 5) return 2;
    int threads = atoi(argv[2]), step = atoi(argv[3]), context = atoi(argv[4]);
    llama_log_set(quiet, NULL);
    llama_backend_init();
    struct llama_model *model = llama_model_load_from_file(argv[1], llama_model_default_params());
    if (!model) return 1;
    struct llama_context_params p = llama_context_default_params();
    p.n_ctx = context;
    p.n_batch = p.n_ubatch = step;
    p.n_threads = p.n_threads_batch = threads;
    p.no_perf = true;
    struct llama_context *ctx = llama_init_from_model(model, p);
    if (!ctx) return 1;
    const struct llama_vocab *vocab = llama_model_get_vocab(model);
    int size = llama_vocab_n_tokens(vocab), count;
    char verb[16];
    printf("ready\n");
    fflush(stdout);
    while (scanf("%15s %d", verb, &count) == 2) {
        llama_token *tokens = malloc(sizeof(llama_token) * (count + 1));
        double begin;
        if (!strcmp(verb, "read")) {
            llama_memory_clear(llama_get_memory(ctx), true);
            for (int i = 0; i < count; i++) tokens[i] = 33 + i % 200;
            begin = now();
            for (int at = 0; at < count; at += step) {
                int n = count - at < step ? count - at : step;
                if (llama_decode(ctx, llama_batch_get_one(tokens + at, n))) return 1;
            }
            llama_synchronize(ctx);
        } else {
            begin = now();
            for (int i = 0; i < count; i++) {
                float *logits = llama_get_logits_ith(ctx, -1);
                llama_token best = 0;
                for (int t = 1; t < size; t++) if (logits[t] > logits[best]) best = t;
                if (llama_decode(ctx, llama_batch_get_one(&best, 1))) return 1;
            }
            llama_synchronize(ctx);
        }
        printf("%.6f\n", now() - begin);
        fflush(stdout);
        free(tokens);
    }
    return 0;
}
