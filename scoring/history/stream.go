package history

import (
	"bufio"
	"fmt"
	"io"
	"runtime"
)

// ahead is how many agencies a worker may be ahead of the writer.
const ahead = 8

// A line is one agency on its way from a worker to the writer.
type line struct {
	code string
	text chan []byte // receives the line once, never blocks the worker
}

// stream writes head, a line for each code and tail. Lines are made side by side and written in the order of codes,
// separated by commas; make appends the line of a code to a buffer.
func stream(w io.Writer, head []byte, codes []string, encode func(b []byte, code string) []byte, tail []byte) error {
	out := bufio.NewWriterSize(w, 1<<18)
	if _, err := out.Write(head); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	if err := writeLines(out, codes, encode); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	if _, err := out.Write(tail); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	return nil
}

func writeLines(out *bufio.Writer, codes []string, encode func(b []byte, code string) []byte) error {
	workers := runtime.GOMAXPROCS(0)
	todo, queue := make(chan line), make(chan line, workers*ahead)
	spare, stop := make(chan []byte, workers*ahead), make(chan struct{})
	defer close(stop)
	go feed(codes, todo, queue, stop)
	for range workers {
		go func() {
			for l := range todo {
				l.text <- encode(buffer(spare), l.code)
			}
		}()
	}
	separator := "\n"
	for l := range queue {
		text := <-l.text
		if len(text) == 0 {
			continue
		}
		if _, err := out.WriteString(separator); err != nil {
			return err
		}
		if _, err := out.Write(text); err != nil {
			return err
		}
		separator = ",\n"
		select {
		case spare <- text:
		default:
		}
	}
	return nil
}

// feed hands every code to the writer's queue and to the workers until all are done or the writer stopped.
func feed(codes []string, todo, queue chan<- line, stop <-chan struct{}) {
	defer close(todo)
	defer close(queue)
	for _, code := range codes {
		l := line{code: code, text: make(chan []byte, 1)}
		select {
		case queue <- l:
		case <-stop:
			return
		}
		select {
		case todo <- l:
		case <-stop:
			return
		}
	}
}

// buffer is a used one, emptied, or a new one.
func buffer(spare <-chan []byte) []byte {
	select {
	case b := <-spare:
		return b[:0]
	default:
		return make([]byte, 0, 1<<15)
	}
}
