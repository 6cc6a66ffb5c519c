size-title = Cần bao nhiêu phiếu?
size-lead = Tính cỡ mẫu khi chọn người trả lời ngẫu nhiên, độ tin cậy 95{"\u00A0"}%. Với đường dẫn mở, nhiều phiếu hơn không làm kết quả đại diện hơn.
size-pupils = Tổng số học sinh
size-margin = Sai số cho phép (%)
size-round = Tính cho từng trường của đợt
size-no-round = Không chọn đợt
size-do = Tính cỡ mẫu
size-for = Với { $pupils } học sinh
size-yamane = phiếu, theo Yamane (Slovin)
size-exact = phiếu, theo công thức đúng cho tổng thể hữu hạn
size-yamane-steps = { $all } / (1 + { $all } × { $e }²), làm tròn lên { $n }
size-exact-steps = m / (1 + (m − 1) / { $all }), m = 1,96² × 0,25 / { $e }², làm tròn lên { $n }
size-school = Trường
size-all = Tất cả, nếu tính chung
size-pupils-short = Học sinh
size-yamane-short = Yamane
size-exact-short = Công thức đúng
size-n = Phiếu đã có
size-short = chưa đủ
size-reached = Sai số
size-more = nhiều phiếu hơn học sinh
size-unknown = Chưa biết số học sinh của: { $schools }. Các trường này không có trong bảng.
size-to-units = Bổ sung số học sinh
size-how = Cách tính
size-how-yamane = Yamane (còn gọi là Slovin): n = N / (1 + N·e²), với N là số học sinh và e là sai số cho phép. Dễ nhớ, hay được dẫn trong kế hoạch.
size-how-exact = Công thức đúng cho tổng thể hữu hạn, tỷ lệ 50{"\u00A0"}% (trường hợp cần nhiều phiếu nhất): m = 1,96² × 0,25 / e², rồi n = m / (1 + (m − 1)/N). Cả hai đều làm tròn lên.
size-how-margin = Sai số của số phiếu đã có: 1,96 × √(0,25/n × (N − n)/(N − 1)). Chỉ có nghĩa khi người trả lời được chọn ngẫu nhiên.
size-margin-wrong = Xin ghi sai số từ 0,1 đến 50, nhiều nhất một chữ số sau dấu phẩy, ví dụ 5 hoặc 2,5.
size-pupils-wrong = Xin ghi một số nguyên từ 1 đến { $most }.
size-round-wrong = Không có đợt này. Xin chọn lại trong danh sách.
size-nobody = Đợt này không hỏi phụ huynh hay học sinh, nên không có số học sinh để tính cỡ mẫu.
