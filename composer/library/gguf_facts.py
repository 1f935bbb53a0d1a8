"""Tables of the GGUF format and of llama.cpp as bundled with llama-cpp-python 0.3.36.

Sources: `ggml/include/ggml.h`, `ggml/src/ggml-common.h`, `include/llama.h` and `src/llama-arch.cpp` of that
version.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Numbers of the metadata value types: byte size and `struct` code. 8 is a string, 9 an array.
SCALARS: dict[int, tuple[int, str]] = {
    0: (1, "<B"),
    1: (1, "<b"),
    2: (2, "<H"),
    3: (2, "<h"),
    4: (4, "<I"),
    5: (4, "<i"),
    6: (4, "<f"),
    7: (1, "<?"),
    10: (8, "<Q"),
    11: (8, "<q"),
    12: (8, "<d"),
}
STRING = 8
ARRAY = 9

# Tensor types: elements in a block, bytes of a block. Types that llama.cpp dropped are absent.
TENSOR_TYPES: dict[int, tuple[int, int]] = {
    0: (1, 4),  # F32
    1: (1, 2),  # F16
    2: (32, 18),  # Q4_0
    3: (32, 20),  # Q4_1
    6: (32, 22),  # Q5_0
    7: (32, 24),  # Q5_1
    8: (32, 34),  # Q8_0
    9: (32, 36),  # Q8_1
    10: (256, 84),  # Q2_K
    11: (256, 110),  # Q3_K
    12: (256, 144),  # Q4_K
    13: (256, 176),  # Q5_K
    14: (256, 210),  # Q6_K
    15: (256, 292),  # Q8_K
    16: (256, 66),  # IQ2_XXS
    17: (256, 74),  # IQ2_XS
    18: (256, 98),  # IQ3_XXS
    19: (256, 50),  # IQ1_S
    20: (32, 18),  # IQ4_NL
    21: (256, 110),  # IQ3_S
    22: (256, 82),  # IQ2_S
    23: (256, 136),  # IQ4_XS
    24: (1, 1),  # I8
    25: (1, 2),  # I16
    26: (1, 4),  # I32
    27: (1, 8),  # I64
    28: (1, 8),  # F64
    29: (256, 56),  # IQ1_M
    30: (1, 2),  # BF16
    34: (256, 54),  # TQ1_0
    35: (256, 66),  # TQ2_0
    39: (32, 17),  # MXFP4
    40: (64, 36),  # NVFP4
    41: (128, 18),  # Q1_0
    42: (64, 18),  # Q2_0
}

FILE_TYPES: dict[int, str] = {
    0: "F32",
    1: "F16",
    2: "Q4_0",
    3: "Q4_1",
    7: "Q8_0",
    8: "Q5_0",
    9: "Q5_1",
    10: "Q2_K",
    11: "Q3_K_S",
    12: "Q3_K_M",
    13: "Q3_K_L",
    14: "Q4_K_S",
    15: "Q4_K_M",
    16: "Q5_K_S",
    17: "Q5_K_M",
    18: "Q6_K",
    19: "IQ2_XXS",
    20: "IQ2_XS",
    21: "Q2_K_S",
    22: "IQ3_XS",
    23: "IQ3_XXS",
    24: "IQ1_S",
    25: "IQ4_NL",
    26: "IQ3_S",
    27: "IQ3_M",
    28: "IQ2_S",
    29: "IQ2_M",
    30: "IQ4_XS",
    31: "IQ1_M",
    32: "BF16",
    36: "TQ1_0",
    37: "TQ2_0",
    38: "MXFP4",
    39: "NVFP4",
    40: "Q1_0",
    41: "Q2_0",
}

# Architectures that turn text into vectors or scores, not into text.
EMBEDDING = _words(
    """bert modern-bert nomic-bert nomic-bert-moe neo-bert jina-bert-v2 jina-bert-v3 eurobert gemma-embedding
    llama-embed t5encoder"""
)
# Architectures that make sound.
SPEECH = _words("wavtokenizer-dec qwen3tts pockettts")
# Small companions that guess ahead for a larger model and cannot write alone.
DRAFT = _words("eagle3 dflash gemma4-assistant")
# Models that fill a text in any order; the decode loop here writes from left to right.
DIFFUSION = _words("dream llada llada-moe rnd1")
# Encoder and decoder in one; needs a call that the decode loop here does not make.
ENCODER_DECODER = _words("t5")
PROJECTOR = _words("clip")

# Architectures that keep a fixed state instead of, or beside, keys and values per token.
RECURRENT = _words("mamba mamba2 rwkv6 rwkv6qwen2 rwkv7 arwkv7")
HYBRID = _words(
    """jamba falcon-h1 plamo2 granitehybrid lfm2 lfm2moe nemotron_h nemotron_h_moe qwen3next qwen35 qwen35moe
    kimi-linear kimi-k3 minimax-01 bailingmoe3 qwen4exp"""
)

# Architectures this llama.cpp can load and that write text.
WRITERS = _words(
    """llama llama4 deci falcon grok gpt2 gptj gptneox mpt baichuan starcoder refact bloom stablelm qwen qwen2
    qwen2moe qwen2vl qwen3 qwen3moe qwen3next qwen3vl qwen3vlmoe qwen35 qwen35moe qwen4exp phi2 phi3 phimoe plamo
    plamo2 plamo3 codeshell orion internlm2 minicpm minicpm3 gemma gemma2 gemma3 gemma3n gemma4 starcoder2 mamba
    mamba2 maple jamba falcon-h1 xverse command-r cohere2 cohere2moe dbrx olmo olmo2 olmoe muse-glimmer openelm
    arctic deepseek deepseek2 deepseek2-ocr deepseek32 deepseek4 chatglm glm4 glm4moe glm-dsa bitnet jais jais2
    nemotron nemotron_h nemotron_h_moe exaone exaone4 exaone-moe rwkv6 rwkv6qwen2 rwkv7 arwkv7 granite granitemoe
    granitehybrid graniteswitch granite_swa chameleon plm bailingmoe bailingmoe2 bailingmoe3 dots1 dots3note arcee
    afmoe laguna ernie4_5 ernie4_5-moe hunyuan-moe hunyuan-dense hunyuan_vl hy_v3 hy_v4 smollm3 gpt-oss lfm2 lfm2moe
    smallthinker seed_oss grovemoe apertus minimax-01 hrm_text minimax-m2 minimax-m3 cogvlm pangu-embedded mistral3
    mistral4 paddleocr mimo2 step35 spark2_5 maincoder kimi-linear kimi-k3 glm5-next talkie mellum nanbeige"""
)
