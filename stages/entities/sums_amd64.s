#include "textflag.h"
#include "go_asm.h"

// WIDEN adds the eight 16-bit sums in SUM, less the bias in each lane of X5,
// to the eight 32-bit scores at OFFSET(DI). X0 is zero.
#define WIDEN(SUM, OFFSET) \
	MOVO      SUM, X3; \
	PUNPCKLWL X0, X3; \
	PUNPCKHWL X0, SUM; \
	PSUBL     X5, X3; \
	PSUBL     X5, SUM; \
	MOVOU     OFFSET(DI), X4; \
	PADDL     X4, X3; \
	MOVOU     X3, OFFSET(DI); \
	MOVOU     (OFFSET+16)(DI), X4; \
	PADDL     X4, SUM; \
	MOVOU     SUM, (OFFSET+16)(DI)

// func addBytes(s *scores, table [][2]uint64, rows []uint32)
TEXT ·addBytes(SB), NOSPLIT, $0-56
	MOVQ  s+0(FP), DI
	MOVQ  table_base+8(FP), SI
	MOVQ  rows_base+32(FP), DX
	MOVQ  rows_len+40(FP), CX
	PXOR  X0, X0
	PXOR  X1, X1
	PXOR  X2, X2
	IMUL3L $const_byteBias, CX, AX
	MOVL  AX, X5
	PSHUFL $0, X5, X5
	LEAQ  (DX)(CX*4), CX
	CMPQ  DX, CX
	JEQ   done

next:
	MOVL      (DX), AX
	ANDL      $(1<<const_TableBits - 1), AX
	SHLQ      $4, AX
	MOVOU     (SI)(AX*1), X3
	MOVO      X3, X4
	PUNPCKLBW X0, X3
	PUNPCKHBW X0, X4
	PADDW     X3, X1
	PADDW     X4, X2
	ADDQ      $4, DX
	CMPQ      DX, CX
	JNE       next

done:
	WIDEN(X1, 0)
	WIDEN(X2, 32)
	RET

// func addWords(s *scores, table [][4]uint64, rows []uint32)
TEXT ·addWords(SB), NOSPLIT, $0-56
	MOVQ  s+0(FP), DI
	MOVQ  table_base+8(FP), SI
	MOVQ  table_len+16(FP), BX
	DECQ  BX
	MOVQ  rows_base+32(FP), DX
	MOVQ  rows_len+40(FP), CX
	PXOR  X0, X0
	PXOR  X1, X1
	PXOR  X2, X2
	IMUL3L $const_echoBias, CX, AX
	MOVL  AX, X5
	PSHUFL $0, X5, X5
	LEAQ  (DX)(CX*4), CX
	CMPQ  DX, CX
	JEQ   done

next:
	MOVL  (DX), AX
	ANDL  BX, AX
	SHLQ  $5, AX
	MOVOU (SI)(AX*1), X3
	MOVOU 16(SI)(AX*1), X4
	PADDW X3, X1
	PADDW X4, X2
	ADDQ  $4, DX
	CMPQ  DX, CX
	JNE   next

done:
	WIDEN(X1, 0)
	WIDEN(X2, 32)
	RET

// FETCH asks for the rows of 1<<SHIFT bytes that are numbered in DX to CX, in
// the table at SI, whose rows BX is the mask of.
#define FETCH(SHIFT) \
	LEAQ (DX)(CX*4), CX; \
	JMP  test; \
next: \
	MOVL (DX), AX; \
	ANDL BX, AX; \
	SHLQ $SHIFT, AX; \
	PREFETCHT0 (SI)(AX*1); \
	ADDQ $4, DX; \
test: \
	CMPQ DX, CX; \
	JNE  next; \
	RET

// func fetch(table [][2]uint64, rows []uint32)
TEXT ·fetch(SB), NOSPLIT, $0-48
	MOVQ table_base+0(FP), SI
	MOVQ rows_base+24(FP), DX
	MOVQ rows_len+32(FP), CX
	MOVL $(1<<const_TableBits - 1), BX
	FETCH(4)

// func fetchCells(table [][4]uint64, rows []uint32)
TEXT ·fetchCells(SB), NOSPLIT, $0-48
	MOVQ table_base+0(FP), SI
	MOVQ table_len+8(FP), BX
	MOVQ rows_base+24(FP), DX
	MOVQ rows_len+32(FP), CX
	DECQ BX
	FETCH(5)

// func fetchPair(pair *[2]formSlot)
TEXT ·fetchPair(SB), NOSPLIT, $0-8
	MOVQ pair+0(FP), SI
	PREFETCHT0 (SI)
	RET
