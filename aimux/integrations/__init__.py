"""What ties aimux to other programs: shells, editors, transports."""
