// Package entities finds names, times and numbers.
package entities
