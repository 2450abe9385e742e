package main

import (
	"math"
	"sync"
)

// dims is the length of a word's vector.
const dims = 160

// sparse is a matrix in rows of (column, value).
type sparse [][]cell

type cell struct {
	column int
	value  float64
}

// vectors gives each word of c a vector of length 1, such that words used
// alike have like vectors: the leading left singular vectors of the positive
// pointwise mutual information between words and their neighbours, scaled by
// the roots of the singular values (Levy, Goldberg and Dagan 2015).
func vectors(c *corpus) [][]float64 {
	m := information(c)
	t := transpose(m, contexts)
	q := start(len(m))
	for range 5 {
		orthonormal(q)
		q = times(m, times(t, q))
	}
	orthonormal(q)
	b := times(t, q) // contexts x dims; m is nearly q b'
	values, turn := eigen(gram(b))
	out := make([][]float64, len(m))
	each(len(m), func(i int) {
		v := make([]float64, dims)
		for j := range v {
			for k := range v {
				v[j] += q[i][k] * turn[k][j]
			}
			v[j] *= math.Sqrt(math.Sqrt(max(0, values[j])))
		}
		unit(v)
		out[i] = v
	})
	return out
}

// information is log p(w,c)/(p(w)p(c)), where positive. The probability of a
// neighbour is smoothed by a power of 3/4.
func information(c *corpus) sparse {
	row, column := make([]float64, len(c.near)), make([]float64, contexts)
	for w, near := range c.near {
		for _, p := range near {
			row[w] += float64(p.count)
			column[p.context] += float64(p.count)
		}
	}
	var smooth float64
	for i := range column {
		column[i] = math.Pow(column[i], 0.75)
		smooth += column[i]
	}
	m := make(sparse, len(c.near))
	for w, near := range c.near {
		for _, p := range near {
			if v := math.Log(float64(p.count) * smooth / (row[w] * column[p.context])); v > 0 {
				m[w] = append(m[w], cell{p.context, v})
			}
		}
	}
	return m
}

func transpose(m sparse, columns int) sparse {
	t := make(sparse, columns)
	for i, row := range m {
		for _, c := range row {
			t[c.column] = append(t[c.column], cell{i, c.value})
		}
	}
	return t
}

// each calls do for 0 to n-1 on two processors. do(i) must write only what is i's.
func each(n int, do func(int)) {
	var wg sync.WaitGroup
	for k := range 2 {
		wg.Go(func() {
			for i := k; i < n; i += 2 {
				do(i)
			}
		})
	}
	wg.Wait()
}

func times(m sparse, q [][]float64) [][]float64 {
	out := make([][]float64, len(m))
	each(len(m), func(i int) {
		v := make([]float64, dims)
		for _, c := range m[i] {
			for k, x := range q[c.column] {
				v[k] += c.value * x
			}
		}
		out[i] = v
	})
	return out
}

// start is a matrix of numbers that look like chance and are always the same.
func start(rows int) [][]float64 {
	q := make([][]float64, rows)
	x := uint64(88172645463325252)
	for i := range q {
		q[i] = make([]float64, dims)
		for k := range q[i] {
			x ^= x << 13
			x ^= x >> 7
			x ^= x << 17
			q[i][k] = float64(x>>11)/(1<<53) - 0.5
		}
	}
	return q
}

// orthonormal makes the columns of q orthogonal and of length 1, by the
// Cholesky factor of its Gram matrix, twice for accuracy.
func orthonormal(q [][]float64) {
	for range 2 {
		l := cholesky(gram(q))
		each(len(q), func(i int) {
			v := q[i]
			for j := range v {
				for k := range j {
					v[j] -= l[j][k] * v[k]
				}
				v[j] /= l[j][j]
			}
		})
	}
}

// gram returns q'q.
func gram(q [][]float64) [][]float64 {
	n := len(q[0])
	g := make([][]float64, n)
	each(n, func(a int) {
		g[a] = make([]float64, n)
		for _, v := range q {
			for b, x := range v {
				g[a][b] += v[a] * x
			}
		}
	})
	return g
}

// cholesky returns the lower triangle l with l l' = a.
func cholesky(a [][]float64) [][]float64 {
	l := make([][]float64, len(a))
	for i := range a {
		l[i] = make([]float64, len(a))
		for j := 0; j <= i; j++ {
			s := a[i][j]
			for k := range j {
				s -= l[i][k] * l[j][k]
			}
			if i == j {
				l[i][i] = math.Sqrt(max(s, 1e-12))
			} else {
				l[i][j] = s / l[j][j]
			}
		}
	}
	return l
}

// solve returns x with a x = b for a symmetric positive a.
func solve(a [][]float64, b []float64) []float64 {
	l := cholesky(a)
	x := append([]float64(nil), b...)
	for i := range x {
		for k := range i {
			x[i] -= l[i][k] * x[k]
		}
		x[i] /= l[i][i]
	}
	for i := len(x) - 1; i >= 0; i-- {
		for k := i + 1; k < len(x); k++ {
			x[i] -= l[k][i] * x[k]
		}
		x[i] /= l[i][i]
	}
	return x
}

// eigen returns the eigenvalues of the symmetric matrix a and, as columns, its
// eigenvectors, by Jacobi's rotations. It destroys a.
func eigen(a [][]float64) (values []float64, vectors [][]float64) {
	n := len(a)
	v := make([][]float64, n)
	for i := range v {
		v[i] = make([]float64, n)
		v[i][i] = 1
	}
	for range 12 {
		for p := range n {
			for q := p + 1; q < n; q++ {
				rotate(a, v, p, q)
			}
		}
	}
	for i := range a {
		values = append(values, a[i][i])
	}
	return values, v
}

func rotate(a, v [][]float64, p, q int) {
	if math.Abs(a[p][q]) < 1e-12 {
		return
	}
	theta := (a[q][q] - a[p][p]) / (2 * a[p][q])
	t := 1 / (math.Abs(theta) + math.Sqrt(theta*theta+1))
	if theta < 0 {
		t = -t
	}
	c := 1 / math.Sqrt(t*t+1)
	s := t * c
	for k := range a {
		x, y := a[k][p], a[k][q]
		a[k][p], a[k][q] = c*x-s*y, s*x+c*y
	}
	for k := range a {
		x, y := a[p][k], a[q][k]
		a[p][k], a[q][k] = c*x-s*y, s*x+c*y
		x, y = v[k][p], v[k][q]
		v[k][p], v[k][q] = c*x-s*y, s*x+c*y
	}
}

func unit(v []float64) {
	var s float64
	for _, x := range v {
		s += x * x
	}
	if s > 0 {
		s = math.Sqrt(s)
		for i := range v {
			v[i] /= s
		}
	}
}
