#!/bin/sh
# Runs the real Wireshark on a virtual screen, with nmcap as its plug-in and an empty home folder: its
# welcome screen, then a capture from a simulated port, whose packets are counted. The pictures are for
# docs/wireshark.md, and to be looked at. With terminal.png, that of nmcap in a real terminal.
#
#   sh scripts/picture-wireshark.sh [FOLDER]        # without one: docs
#
# It needs: wireshark tshark xvfb xdotool imagemagick xterm tmux; pngquant makes the pictures smaller.
set -eu
cd "$(dirname "$0")/.."
out=$(cd "${1:-docs}" && pwd)
nmcap=$PWD/bin/nmcap

home=$(mktemp -d)
pids=
end() {
  tmux -S "$home/tmux" kill-server 2> /dev/null || true
  for pid in $pids; do kill "$pid" 2> /dev/null || true; done
  wait 2> /dev/null || true
  rm -rf "$home"
}
trap end EXIT
trap 'exit 1' HUP INT TERM

mkdir -m 700 "$home/tmp" "$home/run"
unset XDG_CONFIG_HOME WIRESHARK_CONFIG_DIR
export HOME="$home" TMPDIR="$home/tmp" XDG_RUNTIME_DIR="$home/run" LC_ALL=C.UTF-8
"$nmcap" extcap install
settings=$(tshark -G folders 2> /dev/null | sed -n 's/^Personal configuration:[[:space:]]*//p')
mkdir -p "$settings"
cat > "$settings/recent_common" << END
gui.geometry_main_x: 0
gui.geometry_main_y: 0
gui.geometry_main_width: 1200
gui.geometry_main_height: 720
gui.geometry_main_maximized: FALSE
END

screen=:$(($$ % 500 + 100))
Xvfb "$screen" -screen 0 1200x720x24 2> /dev/null &
pids=$!
export DISPLAY="$screen"
sleep 2

# picture NAME [WINDOW]: what the screen shows, or a window.
picture() {
  import -window "${2:-root}" "$home/$1"
  if command -v pngquant > /dev/null; then
    pngquant --force --output "$home/$1" 64 "$home/$1"
  fi
  cp "$home/$1" "$out/$1"
}

wireshark 2> "$home/log" &
wireshark=$!
pids="$pids $wireshark"
sleep 10
picture wireshark-welcome.png
kill "$wireshark"
wait "$wireshark" 2> /dev/null || true

wireshark -k -i sim:em0 2> "$home/log" &
wireshark=$!
pids="$pids $wireshark"
sleep 12
picture wireshark-capture.png
kill "$wireshark"
wait "$wireshark" 2> /dev/null || true
packets=$(cat "$TMPDIR"/wireshark_*.pcapng | tshark -r - 2> /dev/null | wc -l)
if [ "$packets" -lt 1000 ]; then
  cat "$home/log" >&2
  echo "Wireshark has captured $packets packets of sim:em0" >&2
  exit 1
fi
echo "Wireshark has captured $packets packets of sim:em0"

# Summaries above, the live line of another capture below.
cat > "$home/show" << END
tmux -S "$home/tmux" -f /dev/null new-session -x 149 -y 47 \
  "PS1='\$ ' PATH='${nmcap%/*}:$PATH' sh -c 'nmcap sim:em0 -c 24; exec cat'" \; \
  set status off \; split-window -l 6 \
  "cd '$home' && PATH='${nmcap%/*}:$PATH' nmcap sim:em0@rate=20000 -w out.pcapng"
END
xterm -fa Monospace -fs 9 -geometry 149x47+0+0 -e sh "$home/show" &
pids="$pids $!"
sleep 15
picture terminal.png "$(xdotool search --onlyvisible --class xterm | tail -n 1)"
